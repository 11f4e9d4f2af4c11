//! Where presence is kept; every read starts at the viewer's reach of the tickets' notes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::ticket_presence;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use super::rules::{Doing, LIFETIME};
use crate::access::{Permission, Viewer};
use crate::error::Result;
use crate::tickets::scope::ticket_within;

/// Who is at many tickets at a time, as far as the viewer may know of it, who came first first.
///
/// # Errors
/// When the database fails.
pub async fn present(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
    at: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<ticket_presence::Model>>> {
    use ticket_presence::Column;
    let rows = ticket_presence::Entity::find()
        .filter(ticket_within(
            Column::TicketId,
            viewer,
            Permission::TicketNoteRead,
        ))
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .filter(Column::SeenAt.gt(at - LIFETIME))
        .order_by_asc(Column::Since)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<_>> = tickets.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.ticket_id).or_default().push(row);
    }
    Ok(of)
}

/// What is known of one user at one ticket.
///
/// # Errors
/// When the database fails.
pub async fn known(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    user: Uuid,
) -> Result<Option<Doing>> {
    let row = ticket_presence::Entity::find()
        .filter(ticket_presence::Column::TicketId.eq(ticket))
        .filter(ticket_presence::Column::UserId.eq(user))
        .one(connection)
        .await?;
    Ok(row.as_ref().map(doing_of))
}

/// What a row says.
#[must_use]
pub fn doing_of(row: &ticket_presence::Model) -> Doing {
    Doing {
        what: row.doing,
        since: row.since,
        seen: row.seen_at,
    }
}

/// Notes what somebody does; the latest word of a user on a ticket counts.
///
/// # Errors
/// When the database fails.
pub async fn note(connection: &impl ConnectionTrait, row: ticket_presence::Model) -> Result<()> {
    use ticket_presence::Column;
    let latest = OnConflict::columns([Column::TicketId, Column::UserId])
        .update_columns([
            Column::MemberId,
            Column::Name,
            Column::Doing,
            Column::Since,
            Column::SeenAt,
        ])
        .to_owned();
    ticket_presence::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(latest)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Forgets a user at a ticket.
///
/// # Errors
/// When the database fails.
pub async fn forget(connection: &impl ConnectionTrait, ticket: Uuid, user: Uuid) -> Result<()> {
    ticket_presence::Entity::delete_many()
        .filter(ticket_presence::Column::TicketId.eq(ticket))
        .filter(ticket_presence::Column::UserId.eq(user))
        .exec(connection)
        .await?;
    Ok(())
}
