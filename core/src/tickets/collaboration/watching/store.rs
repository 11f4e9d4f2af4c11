//! Where watchers and mentions are kept; every read starts at the viewer's reach of the tickets.

use std::collections::{BTreeSet, HashMap};

use entity::{ticket_mention, ticket_watcher};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, TryInsertResult,
};
use uuid::Uuid;

use super::scope::{visible_mentions, visible_watchers};
use crate::access::Viewer;
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;

/// The watchers of many tickets, as far as the viewer may know of them, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn watchers(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ticket_watcher::Model>>> {
    let rows = visible_watchers(viewer)
        .filter(ticket_watcher::Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(ticket_watcher::Column::Since)
        .order_by_asc(ticket_watcher::Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<_>> = tickets.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.ticket_id).or_default().push(row);
    }
    Ok(of)
}

/// How many watch a ticket; for the bound, not for a viewer.
///
/// # Errors
/// When the database fails.
pub async fn count(connection: &impl ConnectionTrait, ticket: Uuid) -> Result<u64> {
    let watchers =
        ticket_watcher::Entity::find().filter(ticket_watcher::Column::TicketId.eq(ticket));
    Ok(watchers.count(connection).await?)
}

/// The members who watch a ticket; for the predicate of what watching lends, not for a viewer.
///
/// # Errors
/// When the database fails.
pub async fn members(connection: &impl ConnectionTrait, ticket: Uuid) -> Result<Vec<Uuid>> {
    let rows = ticket_watcher::Entity::find()
        .filter(ticket_watcher::Column::TicketId.eq(ticket))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.member_id).collect())
}

/// Which of these members watch a ticket; for the action that adds the others.
///
/// # Errors
/// When the database fails.
pub async fn watching(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    members: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let rows = ticket_watcher::Entity::find()
        .filter(ticket_watcher::Column::TicketId.eq(ticket))
        .filter(ticket_watcher::Column::MemberId.is_in(members.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.member_id).collect())
}

/// Adds a watcher; says whether it wasn't one before.
///
/// # Errors
/// When the database fails.
pub async fn insert(connection: &impl ConnectionTrait, row: ticket_watcher::Model) -> Result<bool> {
    let inserted = ticket_watcher::Entity::insert(row.into_active_model().reset_all())
        .on_conflict_do_nothing_on([
            ticket_watcher::Column::TicketId,
            ticket_watcher::Column::MemberId,
        ])
        .exec(connection)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(_)))
}

/// Takes a watcher away; says whether it was one.
///
/// # Errors
/// When the database fails.
pub async fn delete(connection: &impl ConnectionTrait, ticket: Uuid, member: Uuid) -> Result<bool> {
    let deleted = ticket_watcher::Entity::delete_many()
        .filter(ticket_watcher::Column::TicketId.eq(ticket))
        .filter(ticket_watcher::Column::MemberId.eq(member))
        .exec(connection)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Writes the mentions of a new comment.
///
/// # Errors
/// When the database fails.
pub async fn insert_mentions(
    connection: &impl ConnectionTrait,
    rows: Vec<ticket_mention::Model>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    ticket_mention::Entity::insert_many(rows)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Who is mentioned in which comment, as far as the viewer may know of it, in the order of mentioning.
///
/// # Errors
/// When the database fails.
pub async fn mentioned_in(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    comments: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let rows = visible_mentions(viewer)
        .filter(ticket_mention::Column::CommentId.is_in(comments.iter().copied()))
        .order_by_asc(ticket_mention::Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<Uuid>> = comments.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.comment_id).or_default().push(row.member_id);
    }
    Ok(of)
}

/// A page of the mentions of the viewer itself, newest first. Whoever is no member has none.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn my_mentions(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    page: &Page,
    want_total: bool,
) -> Result<Listing<ticket_mention::Model>> {
    use ticket_mention::Column;
    let me = viewer.standing.member_id.unwrap_or_default();
    let select = visible_mentions(viewer).filter(Column::MemberId.eq(me));
    let sorts = [Sort::descending(Column::At), Sort::descending(Column::Id)];
    keyset::list(select, "mentions", &sorts, page, want_total, connection).await
}

/// One mention of the viewer itself, if the viewer may still read the comment.
///
/// # Errors
/// When the database fails.
pub async fn my_mention(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<ticket_mention::Model>> {
    use ticket_mention::Column;
    let me = viewer.standing.member_id.unwrap_or_default();
    Ok(visible_mentions(viewer)
        .filter(Column::MemberId.eq(me))
        .filter(Column::Id.eq(id))
        .one(connection)
        .await?)
}
