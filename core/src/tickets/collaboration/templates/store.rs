//! Where templates are kept; every read starts at a scoped select.

use chrono::{DateTime, Utc};
use entity::enums::TicketKind;
use entity::reply_template;
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, TryInsertResult,
};
use uuid::Uuid;

use crate::access::{Listed, Viewer};
use crate::db::keyset::Sort;
use crate::error::{ApiError, Result};

/// Which templates a list is about. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those for tickets of this kind, and those for all kinds.
    pub kind: Option<TicketKind>,
    /// Those that are offered, or those that aren't.
    pub active: Option<bool>,
}

/// In which order templates are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By code.
    Code,
    /// Last changed first.
    UpdatedAt,
}

impl Listed for reply_template::Entity {
    type Filter = Filter;
    type Order = Order;

    fn matching(filter: &Filter, _: &Viewer) -> Condition {
        use reply_template::Column;
        let for_kind = filter.kind.map(|kind| {
            // The list of kinds as text is the same on both databases; no kind's name is a part of another's.
            let kinds = || Expr::col(Column::Kinds).cast_as(Alias::new("text"));
            Condition::any()
                .add(kinds().eq("[]"))
                .add(kinds().like(format!("%\"{}\"%", kind.to_value())))
        });
        Condition::all()
            .add_option(for_kind)
            .add_option(filter.active.map(|active| Column::Active.eq(active)))
    }

    fn sorts(order: Order) -> Vec<Sort<reply_template::Column>> {
        use reply_template::Column;
        match order {
            Order::Code => vec![Sort::ascending(Column::Code), Sort::ascending(Column::Id)],
            Order::UpdatedAt => vec![
                Sort::descending(Column::UpdatedAt),
                Sort::descending(Column::Id),
            ],
        }
    }
}

/// A template right after the change in which it was made.
///
/// # Errors
/// `NOT_FOUND` when it isn't there.
pub async fn fresh(connection: &impl ConnectionTrait, id: Uuid) -> Result<reply_template::Model> {
    let row = reply_template::Entity::find_by_id(id)
        .one(connection)
        .await?;
    row.ok_or_else(|| ApiError::not_found().into())
}

/// Writes a new template; false when its code is taken, by whomever was faster.
///
/// # Errors
/// When the database fails.
pub async fn insert(connection: &impl ConnectionTrait, row: reply_template::Model) -> Result<bool> {
    let inserted = reply_template::Entity::insert(row.into_active_model().reset_all())
        .on_conflict_do_nothing_on([reply_template::Column::Code])
        .exec(connection)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(_)))
}

/// Writes a changed template if nobody else has changed it since this version was read; raises its version.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn save(
    connection: &impl ConnectionTrait,
    row: reply_template::Model,
    at: DateTime<Utc>,
) -> Result<reply_template::Model> {
    let (id, version) = (row.id, row.version);
    let now = reply_template::Model {
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = reply_template::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(reply_template::Column::Id.eq(id))
        .filter(reply_template::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    saved
        .pop()
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}
