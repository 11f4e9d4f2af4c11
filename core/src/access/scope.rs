//! Reaches compiled into SQL: the only way to a protected table.

use std::collections::HashMap;

use entity::enums::Reach;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Iterable, ModelTrait,
    PrimaryKeyToColumn, QueryFilter, QueryTrait, Select,
};
use uuid::Uuid;

use super::{Permission, Standing, Viewer};
use crate::db::padded;
use crate::db::part::InPart;

/// What the reaches mean for one table, written once beside its store.
pub trait Scoped: EntityTrait {
    /// The permission that a plain read of the table needs.
    const READ: Permission;
    /// A permission that its rows need as well, but for one's own: what somebody else is paid is seen only by whoever may both
    /// read such rows and see pay, each as far as it reaches. Most tables need none.
    const ALSO: Option<Permission> = None;
    /// How its rows are read in part, if they are wide enough for that.
    const IN_PART: Option<InPart<Self>> = None;
    /// What the plain predicate looks at: the row and whatever decides its scope.
    type Facts;

    /// The rows of one reach as SQL; `None` when the reach holds no row of this table for anybody.
    fn condition(reach: Reach, standing: &Standing) -> Option<Condition>;

    /// The same as a plain predicate; a test holds the two equal.
    fn within(facts: &Self::Facts, reach: Reach, standing: &Standing) -> bool;

    /// Rows that come to whoever holds the permission with reach `OWN` although no reach has them: somebody was let in to
    /// single rows. Most tables lend nothing. Its plain predicate stands beside it, as it looks at more than the row.
    fn lent(_permission: Permission, _standing: &Standing) -> Option<Condition> {
        None
    }

    /// Rows that somebody of this standing never has, whatever the reach, `ALL` included: what is said about oneself in
    /// confidence. Most tables keep nothing back. The plain predicate refuses them under every reach.
    fn kept_from(_standing: &Standing) -> Option<Condition> {
        None
    }
}

/// The union of the reaches that the viewer holds for `permission`, as one condition; of rows that need another permission as
/// well, what lies within both.
#[must_use]
pub fn reach_of<E: Scoped>(viewer: &Viewer, permission: Permission) -> Condition {
    let rows = reach_by::<E>(viewer, permission);
    match E::ALSO {
        Some(also) if also != permission => {
            let own = E::condition(Reach::Own, &viewer.standing);
            let others = reach_by::<E>(viewer, also);
            if others.is_empty() {
                return rows;
            }
            Condition::all()
                .add(rows)
                .add(Condition::any().add_option(own).add(others))
        }
        _ => rows,
    }
}

fn reach_by<E: Scoped>(viewer: &Viewer, permission: Permission) -> Condition {
    let others = E::kept_from(&viewer.standing).map(Condition::not);
    if viewer
        .grants
        .reaches(permission)
        .any(|reach| reach == Reach::All)
    {
        return others.unwrap_or_else(Condition::all);
    }
    let mut union = Condition::any();
    for reach in viewer.grants.reaches(permission) {
        if let Some(rows) = E::condition(reach, &viewer.standing) {
            union = union.add(rows);
        }
        if reach == Reach::Own
            && let Some(rows) = E::lent(permission, &viewer.standing)
        {
            union = union.add(rows);
        }
    }
    // An empty `any` would be dropped from the WHERE clause and show every row.
    if union.is_empty() {
        Condition::all().add(sea_orm::sea_query::ExprTrait::eq(
            sea_orm::sea_query::Expr::val(1),
            0,
        ))
    } else {
        match others {
            Some(others) => Condition::all().add(union).add(others),
            None => union,
        }
    }
}

/// The rows that the viewer may have under `permission`: where every read starts.
#[must_use]
pub fn visible<E: Scoped>(viewer: &Viewer, permission: Permission) -> Select<E> {
    E::find().filter(reach_of::<E>(viewer, permission))
}

/// The same rows as a query, of which nothing is selected yet if they are read in part, as whoever reads them says what is.
pub(super) fn visible_query<E: Scoped>(viewer: &Viewer, permission: Permission) -> SelectStatement {
    if E::IN_PART.is_none() {
        return visible::<E>(viewer, permission).into_query();
    }
    let mut query = SelectStatement::new();
    query
        .from(E::default().table_ref())
        .cond_where(reach_of::<E>(viewer, permission));
    query
}

/// Is the row among those of [`visible`]? Of a table that lends rows or keeps some back the plain predicate doesn't know it.
#[must_use]
pub fn sees<E: Scoped>(viewer: &Viewer, permission: Permission, facts: &E::Facts) -> bool {
    let within = |reach| E::within(facts, reach, &viewer.standing);
    let held = |permission| viewer.grants.reaches(permission).any(within);
    held(permission)
        && E::ALSO
            .filter(|also| *also != permission)
            .is_none_or(|also| within(Reach::Own) || held(also))
}

/// The visible rows among `ids`, by id: what loaders and `node(id:)` read.
///
/// # Errors
/// When the database fails.
pub async fn by_ids<E>(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, E::Model>, DbErr>
where
    E: Scoped,
    E::Model: ModelTrait<Entity = E> + Send + Sync,
{
    let Some(key) = <E::PrimaryKey as Iterable>::iter()
        .next()
        .map(PrimaryKeyToColumn::into_column)
    else {
        return Ok(HashMap::new());
    };
    let rows = visible::<E>(viewer, permission)
        .filter(key.is_in(padded(ids.iter().copied())))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| row.get(key).unwrap_uuid_key().map(|id| (id, row)))
        .collect())
}

/// A value that may be a uuid key.
trait UuidKey {
    fn unwrap_uuid_key(self) -> Option<Uuid>;
}

impl UuidKey for sea_orm::Value {
    fn unwrap_uuid_key(self) -> Option<Uuid> {
        match self {
            Self::Uuid(id) => id,
            _ => None,
        }
    }
}

/// A reach as the schema writes it.
#[must_use]
pub const fn reach_name(reach: Reach) -> &'static str {
    match reach {
        Reach::Own => "OWN",
        Reach::Team => "TEAM",
        Reach::TeamTree => "TEAM_TREE",
        Reach::Department => "DEPARTMENT",
        Reach::Region => "REGION",
        Reach::All => "ALL",
        Reach::Organisation => "ORGANISATION",
    }
}
