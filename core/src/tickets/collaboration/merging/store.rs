//! What goes along when tickets are merged and split.

use chrono::{DateTime, Utc};
use entity::{ticket, ticket_comment, ticket_watcher};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::access::Viewer;
use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;
use crate::db::new_id;
use crate::error::Result;
use crate::tickets::scope::visible_comments;

/// The tickets that were merged into one, the first merged first.
pub struct MergedTickets;

impl Link for MergedTickets {
    type Child = ticket::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (ticket::Column::Id, ticket::Column::MergedIntoId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(ticket::Column::ClosedAt),
            Sort::ascending(ticket::Column::Id),
        ]
    }
}

/// Lets the watchers of one ticket watch the other too; says how many there are now more.
///
/// # Errors
/// When the database fails.
pub async fn carry_watchers(
    tx: &impl ConnectionTrait,
    from: Uuid,
    to: Uuid,
    at: DateTime<Utc>,
) -> Result<usize> {
    use ticket_watcher::Column;
    let of = |ticket: Uuid| {
        ticket_watcher::Entity::find()
            .filter(Column::TicketId.eq(ticket))
            .order_by_asc(Column::Id)
            .all(tx)
    };
    let has = of(to).await?;
    let news: Vec<_> = of(from)
        .await?
        .into_iter()
        .filter(|row| !has.iter().any(|other| other.member_id == row.member_id))
        .map(|row| ticket_watcher::Model {
            id: new_id(at),
            ticket_id: to,
            since: at,
            ..row
        })
        .collect();
    if news.is_empty() {
        return Ok(0);
    }
    let count = news.len();
    let rows = news.into_iter().map(IntoActiveModel::into_active_model);
    ticket_watcher::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::TicketId, Column::MemberId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(count)
}

/// The comments of these ids on a ticket that the viewer may read, in the order in which they were written.
///
/// # Errors
/// When the database fails.
pub async fn comments(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    ticket: Uuid,
    ids: &[Uuid],
) -> Result<Vec<ticket_comment::Model>> {
    use ticket_comment::Column;
    Ok(visible_comments(viewer)
        .filter(Column::TicketId.eq(ticket))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?)
}

/// Writes copies of comments on another ticket; author and time stay.
///
/// # Errors
/// When the database fails.
pub async fn copy_comments(
    tx: &impl ConnectionTrait,
    comments: Vec<ticket_comment::Model>,
    to: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    if comments.is_empty() {
        return Ok(());
    }
    let rows = comments.into_iter().map(|comment| {
        ticket_comment::Model {
            copied_from_id: Some(comment.id),
            id: new_id(at),
            ticket_id: to,
            // The other matter has no solution yet.
            solution: false,
            version: 1,
            ..comment
        }
        .into_active_model()
    });
    ticket_comment::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
