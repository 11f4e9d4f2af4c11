//! Comments by their ids, and the newest of each ticket.

use std::collections::HashMap;

use entity::ticket_comment;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};
use uuid::Uuid;

use crate::access::Viewer;
use crate::db::children::list_each;
use crate::db::keyset::{Page, Sort};
use crate::error::Result;
use crate::tickets::part;
use crate::tickets::scope::visible_comments;

/// The comments with these ids that the viewer may read.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, ticket_comment::Model>> {
    let rows = visible_comments(viewer)
        .filter(ticket_comment::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The newest comment of each ticket that the viewer may read, in one statement; tickets without any are absent.
///
/// # Errors
/// When the database fails.
pub async fn last_of_each(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, ticket_comment::Model>> {
    use ticket_comment::Column;
    let newest = Page {
        limit: 1,
        ..Page::default()
    };
    let sorts = [
        Sort::descending(Column::CreatedAt),
        Sort::descending(Column::Id),
    ];
    let of = list_each(
        visible_comments(viewer),
        Column::TicketId,
        tickets,
        "last",
        &sorts,
        &newest,
        false,
        Some(part::ticket_comment),
        connection,
    )
    .await?;
    Ok(of
        .into_iter()
        .filter_map(|(ticket, listing)| {
            let row = listing.slice.rows.into_iter().next()?;
            Some((ticket, row))
        })
        .collect())
}
