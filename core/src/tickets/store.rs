//! The only place that touches the tickets' tables; every read starts at a scoped select.

mod held;
mod list;
mod partners;
mod past;
mod sight;
mod tasks;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{CommentVisibility, TicketStage};
use entity::{ticket, ticket_change, ticket_comment, ticket_stage_entry};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::part;
use super::scope::{visible_comments, visible_history};
use crate::access::{Permission, Viewer, find, find_with_first_page, reach_of, visible};
use crate::db::Reader;
use crate::db::along::Along;
use crate::db::children::list_each;
use crate::db::first_page::{FirstPage, WithPage};
use crate::db::keyset::{Listing, Page, Sort};
use crate::db::part::Columns;
use crate::error::{ApiError, Error, Result};

pub use held::{Held, held_between};
pub use list::{Filter, Order};
pub use partners::{give_to_partner, with_another_partner};
pub use past::{HistoryEntry, Wait, entries, opened_between, waits};
pub use sight::Sights;
pub use tasks::TicketTasks;

/// The ticket with that number, if the viewer may read it.
///
/// # Errors
/// When the database fails.
pub async fn by_number(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    number: i64,
) -> Result<Option<ticket::Model>> {
    Ok(visible::<ticket::Entity>(viewer, Permission::TicketRead)
        .filter(ticket::Column::Number.eq(number))
        .one(connection)
        .await?)
}

/// The ticket with that id, if the viewer may read it.
///
/// # Errors
/// When the database fails.
pub async fn by_id(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<ticket::Model>> {
    find::<ticket::Entity>(connection, viewer, Permission::TicketRead, id).await
}

/// The ticket with that id, if the viewer may read it and a second permission reaches it too.
///
/// # Errors
/// When the database fails.
pub async fn by_id_under(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    id: Uuid,
) -> Result<Option<ticket::Model>> {
    Ok(visible::<ticket::Entity>(viewer, Permission::TicketRead)
        .filter(reach_of::<ticket::Entity>(viewer, permission))
        .filter(ticket::Column::Id.eq(id))
        .one(connection)
        .await?)
}

/// A ticket, locked until the transaction ends: for an action whose right to it comes from elsewhere, such as an offer.
///
/// # Errors
/// An internal one when it isn't there.
pub(in crate::tickets) async fn lock(
    transaction: &impl ConnectionTrait,
    id: Uuid,
) -> Result<ticket::Model> {
    ticket::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or_else(|| Error::internal("a row names a ticket that isn't there"))
}

/// Writes a new ticket.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    connection: &impl ConnectionTrait,
    row: ticket::Model,
) -> Result<ticket::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Writes what follows from a change that was saved in the same transaction, and therefore raises no version.
///
/// # Errors
/// When the database fails.
pub async fn keep(connection: &impl ConnectionTrait, row: ticket::Model) -> Result<ticket::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .update(connection)
        .await?)
}

/// Writes a changed ticket if nobody else has changed it since this version was read; raises its version.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn save(
    connection: &impl ConnectionTrait,
    row: ticket::Model,
    at: DateTime<Utc>,
) -> Result<ticket::Model> {
    let (id, version) = (row.id, row.version);
    let now = ticket::Model {
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = ticket::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(ticket::Column::Id.eq(id))
        .filter(ticket::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    saved
        .pop()
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}

/// Writes rows of history.
///
/// # Errors
/// When the database fails.
pub async fn insert_changes(
    connection: &impl ConnectionTrait,
    rows: Vec<ticket_change::Model>,
) -> Result<()> {
    ticket_change::Entity::insert_many(new_rows(rows))
        .exec(connection)
        .await?;
    Ok(())
}

/// Rows as they are written for the first time: all columns are set.
pub fn new_rows<M, A>(rows: impl IntoIterator<Item = M>) -> impl Iterator<Item = A>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    rows.into_iter()
        .map(|row| row.into_active_model().reset_all())
}

/// Ends the open stage entry and begins one for `stage`.
///
/// # Errors
/// When the database fails.
pub async fn enter_stage(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    stage: TicketStage,
    entry_id: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    leave_stage(connection, ticket, at).await?;
    let earlier = ticket_stage_entry::Entity::find()
        .filter(ticket_stage_entry::Column::TicketId.eq(ticket))
        .filter(ticket_stage_entry::Column::Stage.eq(stage))
        .order_by_desc(ticket_stage_entry::Column::Visit)
        .one(connection)
        .await?;
    let entry = ticket_stage_entry::ActiveModel {
        id: Set(entry_id),
        ticket_id: Set(ticket),
        stage: Set(stage),
        entered_at: Set(at),
        left_at: Set(None),
        visit: Set(earlier.map_or(1, |entry| entry.visit + 1)),
    };
    entry.insert(connection).await?;
    Ok(())
}

/// Ends the open stage entry.
///
/// # Errors
/// When the database fails.
pub async fn leave_stage(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    ticket_stage_entry::Entity::update_many()
        .col_expr(ticket_stage_entry::Column::LeftAt, Expr::value(at))
        .filter(ticket_stage_entry::Column::TicketId.eq(ticket))
        .filter(ticket_stage_entry::Column::LeftAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// The stage entries of tickets that were read already, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn progress(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ticket_stage_entry::Model>>> {
    let rows = ticket_stage_entry::Entity::find()
        .filter(ticket_stage_entry::Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(ticket_stage_entry::Column::EnteredAt)
        .order_by_asc(ticket_stage_entry::Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<ticket_stage_entry::Model>> =
        tickets.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.ticket_id).or_default().push(row);
    }
    Ok(of)
}

/// Pages of the comments of many tickets, newest first; only those that the viewer may read.
///
/// # Errors
/// `BAD_INPUT` for a foreign cursor.
pub async fn comments(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
    visibility: Option<CommentVisibility>,
    page: &Page,
    want_total: bool,
) -> Result<HashMap<Uuid, Listing<ticket_comment::Model>>> {
    use ticket_comment::Column;
    let select = visible_comments(viewer)
        .filter(Condition::all().add_option(visibility.map(|only| Column::Visibility.eq(only))));
    list_each(
        select,
        Column::TicketId,
        tickets,
        COMMENTS,
        &NEWEST_COMMENT_FIRST,
        page,
        want_total,
        Some(part::ticket_comment),
        connection,
    )
    .await
}

/// The name of the order of comments, in cursors.
const COMMENTS: &str = "comments";

const NEWEST_COMMENT_FIRST: [Sort<ticket_comment::Column>; 2] = [
    Sort::descending(ticket_comment::Column::CreatedAt),
    Sort::descending(ticket_comment::Column::Id),
];

/// The ticket with that id, if the viewer may read it, with what it points at and a page of its comments, which has no cursor.
///
/// # Errors
/// When the database fails.
pub async fn with_comments(
    connection: &impl Reader,
    viewer: &Viewer,
    id: Uuid,
    columns: Columns,
    along: &[Along],
    page: &Page,
) -> Result<Option<WithPage<ticket::Model, ticket_comment::Model>>> {
    let comments = FirstPage {
        select: visible_comments(viewer),
        parent: ticket_comment::Column::TicketId,
        tag: COMMENTS,
        sorts: &NEWEST_COMMENT_FIRST,
        page,
        in_part: part::ticket_comment,
    };
    find_with_first_page::<ticket::Entity, _>(connection, viewer, id, columns, along, comments)
        .await
}

/// One comment, if the viewer may read it.
///
/// # Errors
/// When the database fails.
pub async fn comment(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<ticket_comment::Model>> {
    Ok(visible_comments(viewer)
        .filter(ticket_comment::Column::Id.eq(id))
        .one(connection)
        .await?)
}

/// Pages of the history of many tickets, newest first; only what the viewer may read.
///
/// # Errors
/// `BAD_INPUT` for a foreign cursor.
pub async fn history(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
    page: &Page,
    want_total: bool,
) -> Result<HashMap<Uuid, Listing<ticket_change::Model>>> {
    use ticket_change::Column;
    let sorts = [Sort::descending(Column::At), Sort::descending(Column::Id)];
    list_each(
        visible_history(viewer),
        Column::TicketId,
        tickets,
        "history",
        &sorts,
        page,
        want_total,
        None,
        connection,
    )
    .await
}

/// The ticket of a new row, read again after the change in which it was made.
///
/// # Errors
/// An internal one when it isn't there.
pub async fn fresh(connection: &impl ConnectionTrait, id: Uuid) -> Result<ticket::Model> {
    ticket::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or_else(|| Error::internal("a ticket is gone right after it was written"))
}
