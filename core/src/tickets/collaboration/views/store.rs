//! Where views are kept, and who sees which.

use entity::enums::ActorKind;
use entity::saved_view::{self, Column};
use entity::team;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect, Select,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, find};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;

/// In which order views come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewOrder {
    /// By name.
    #[default]
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// The oldest first.
    CreatedAtAsc,
    /// The newest first.
    CreatedAtDesc,
}

/// Whose views a list is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViewFilter {
    /// The viewer's own (true) or those that others share (false).
    pub mine: Option<bool>,
}

/// The account behind a viewer, which keeps views; API clients keep none.
#[must_use]
pub fn keeper(viewer: &Viewer) -> Option<Uuid> {
    viewer
        .actor
        .id
        .filter(|_| viewer.actor.kind == ActorKind::User)
}

/// The viewer's own views, and those shared with a team in which they work today.
#[must_use]
pub fn visible_views(viewer: &Viewer) -> Select<saved_view::Entity> {
    let teams = &viewer.standing.teams;
    let shared = (!teams.is_empty()).then(|| Column::TeamId.is_in(teams.iter().copied()));
    let mine = keeper(viewer).map(|user| Column::UserId.eq(user));
    let visible = Condition::any().add_option(mine).add_option(shared);
    let visible = if visible.is_empty() {
        Condition::all().add(Expr::val(1).eq(0))
    } else {
        visible
    };
    saved_view::Entity::find().filter(visible)
}

/// A page of the views that the viewer sees.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn list(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: ViewFilter,
    order: ViewOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<saved_view::Model>> {
    let user = keeper(viewer).unwrap_or(Uuid::nil());
    let wanted = Condition::all().add_option(filter.mine.map(|mine| {
        if mine {
            Column::UserId.eq(user)
        } else {
            Column::UserId.ne(user)
        }
    }));
    let (column, descending) = match order {
        ViewOrder::NameAsc => (Column::Name, false),
        ViewOrder::NameDesc => (Column::Name, true),
        ViewOrder::CreatedAtAsc => (Column::CreatedAt, false),
        ViewOrder::CreatedAtDesc => (Column::CreatedAt, true),
    };
    let sorts = [column, Column::Id].map(|column| Sort {
        column,
        descending,
        nullable: false,
    });
    keyset::list(
        visible_views(viewer).filter(wanted),
        &format!("saved_views:{order:?}"),
        &sorts,
        page,
        want_total,
        connection,
    )
    .await
}

/// A view that the viewer sees.
///
/// # Errors
/// When the database fails.
pub async fn by_id(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<saved_view::Model>> {
    Ok(visible_views(viewer)
        .filter(Column::Id.eq(id))
        .one(connection)
        .await?)
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn take(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<saved_view::Model>> {
    Ok(visible_views(viewer)
        .filter(Column::Id.eq(id))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// How many views a user has.
///
/// # Errors
/// When the database fails.
pub async fn count(connection: &impl ConnectionTrait, user: Uuid) -> Result<u64> {
    Ok(saved_view::Entity::find()
        .filter(Column::UserId.eq(user))
        .count(connection)
        .await?)
}

/// Is there such a team for the viewer?
///
/// # Errors
/// When the database fails.
pub async fn team_exists(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    team: Uuid,
) -> Result<bool> {
    let found = find::<team::Entity>(connection, viewer, Permission::OrganisationRead, team);
    Ok(found.await?.is_some())
}

/// Writes a new view.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: saved_view::Model) -> Result<()> {
    saved_view::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a changed view.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &impl ConnectionTrait, row: saved_view::Model) -> Result<saved_view::Model> {
    Ok(row.into_active_model().reset_all().update(tx).await?)
}

/// Deletes a view.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    saved_view::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
