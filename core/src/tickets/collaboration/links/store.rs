//! Where links are kept.

use std::collections::{BTreeSet, HashMap};

use entity::enums::LinkKind;
use entity::ticket;
use entity::ticket_link::{self, Column};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::db::padded;
use crate::error::Result;
use crate::tickets::scope::ticket_within;

/// The links of many tickets, the oldest first; of tickets whose notes the viewer may read. Whether the other ticket may be
/// shown is for whoever shows it.
///
/// # Errors
/// When the database fails.
pub async fn of_tickets(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ticket_link::Model>>> {
    let side = |column: Column| {
        Condition::all()
            .add(column.is_in(padded(tickets.iter().copied())))
            .add(ticket_within(column, viewer, Permission::TicketNoteRead))
    };
    let rows = ticket_link::Entity::find()
        .filter(
            Condition::any()
                .add(side(Column::FromId))
                .add(side(Column::ToId)),
        )
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<ticket_link::Model>> =
        tickets.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        for side in [row.from_id, row.to_id] {
            if let Some(links) = of.get_mut(&side) {
                links.push(row.clone());
            }
        }
    }
    Ok(of)
}

/// A link of a ticket, by its id.
///
/// # Errors
/// When the database fails.
pub async fn of_ticket(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    link: Uuid,
) -> Result<Option<ticket_link::Model>> {
    Ok(ticket_link::Entity::find_by_id(link)
        .filter(touches(ticket))
        .one(connection)
        .await?)
}

/// Locks two tickets in one order whoever asks, as far as the viewer may read them: the history of both will tell of the
/// link, and two who link at once must not wait for each other.
///
/// # Errors
/// When the database fails.
pub async fn lock_both(tx: &impl ConnectionTrait, viewer: &Viewer, ids: [Uuid; 2]) -> Result<()> {
    lock(
        tx,
        viewer,
        Condition::all().add(ticket::Column::Id.is_in(ids)),
    )
    .await
}

/// The same for the two tickets of a link.
///
/// # Errors
/// When the database fails.
pub async fn lock_linked(tx: &impl ConnectionTrait, viewer: &Viewer, link: Uuid) -> Result<()> {
    let end = |column: Column| {
        let ends = ticket_link::Entity::find_by_id(link)
            .select_only()
            .column(column)
            .into_query();
        ticket::Column::Id.in_subquery(ends)
    };
    let ends = Condition::any()
        .add(end(Column::FromId))
        .add(end(Column::ToId));
    lock(tx, viewer, ends).await
}

async fn lock(tx: &impl ConnectionTrait, viewer: &Viewer, which: Condition) -> Result<()> {
    visible::<ticket::Entity>(viewer, Permission::TicketRead)
        .filter(which)
        .order_by_asc(ticket::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    Ok(())
}

/// How many links a ticket has.
///
/// # Errors
/// When the database fails.
pub async fn count(connection: &impl ConnectionTrait, ticket: Uuid) -> Result<usize> {
    let count = ticket_link::Entity::find()
        .filter(touches(ticket))
        .count(connection)
        .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn touches(ticket: Uuid) -> Condition {
    Condition::any()
        .add(Column::FromId.eq(ticket))
        .add(Column::ToId.eq(ticket))
}

/// Are they linked so already?
///
/// # Errors
/// When the database fails.
pub async fn exists(
    connection: &impl ConnectionTrait,
    (from, to, kind): (Uuid, Uuid, LinkKind),
) -> Result<bool> {
    let same = ticket_link::Entity::find()
        .filter(Column::FromId.eq(from))
        .filter(Column::ToId.eq(to))
        .filter(Column::Kind.eq(kind));
    Ok(same.count(connection).await? > 0)
}

/// A ticket, its parents, theirs and so on (or its children), level by level, at most so many levels.
///
/// # Errors
/// When the database fails.
pub async fn levels(
    connection: &impl ConnectionTrait,
    start: Uuid,
    upward: bool,
    most: usize,
) -> Result<Vec<BTreeSet<Uuid>>> {
    let (near, far) = if upward {
        (Column::ToId, Column::FromId)
    } else {
        (Column::FromId, Column::ToId)
    };
    let mut levels = vec![BTreeSet::from([start])];
    while levels.len() < most {
        let last = levels.last().into_iter().flatten().copied();
        let next: Vec<Uuid> = ticket_link::Entity::find()
            .select_only()
            .column(far)
            .filter(Column::Kind.eq(LinkKind::ParentOf))
            .filter(near.is_in(last))
            .into_tuple()
            .all(connection)
            .await?;
        if next.is_empty() {
            break;
        }
        levels.push(next.into_iter().collect());
    }
    Ok(levels)
}

/// Writes a new link.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: ticket_link::Model) -> Result<()> {
    ticket_link::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Deletes a link.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &impl ConnectionTrait, link: Uuid) -> Result<()> {
    ticket_link::Entity::delete_by_id(link).exec(tx).await?;
    Ok(())
}
