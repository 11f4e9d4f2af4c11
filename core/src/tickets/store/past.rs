//! What has happened to many tickets, for whoever looks back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{ActorKind, TicketKind};
use entity::{ticket, ticket_change};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;
use crate::tickets::rules::stages::{WAITING, name};

/// A time in which a ticket waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The ticket.
    pub ticket: Uuid,
    /// When it began to wait.
    pub from: DateTime<Utc>,
    /// When it went on, or ended; none while it waits.
    pub to: Option<DateTime<Utc>>,
}

/// Id and number of the newest tickets of a kind that the viewer may read, opened from the first moment on and before
/// the second.
///
/// # Errors
/// When the database fails.
pub async fn opened_between(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    kind: TicketKind,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    most: u64,
) -> Result<Vec<(Uuid, i64)>> {
    use ticket::Column;
    Ok(visible::<ticket::Entity>(viewer, Permission::TicketRead)
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::Kind.eq(kind))
        .filter(Column::CreatedAt.gte(from))
        .filter(Column::CreatedAt.lt(to))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(connection)
        .await?)
}

/// When tickets that were read already have waited, by their history, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waits(connection: &impl ConnectionTrait, tickets: &[Uuid]) -> Result<Vec<Wait>> {
    use ticket_change::Column;
    let rows: Vec<(Uuid, DateTime<Utc>, Option<serde_json::Value>)> = ticket_change::Entity::find()
        .select_only()
        .columns([Column::TicketId, Column::At, Column::NewValue])
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .filter(Column::Field.eq("state"))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let mut found = Vec::new();
    let mut open: HashMap<Uuid, usize> = HashMap::new();
    for (ticket, at, state) in rows {
        let state = state.as_ref().and_then(serde_json::Value::as_str);
        let waiting = state.is_some_and(|state| WAITING.iter().any(|one| name(*one) == state));
        match (open.get(&ticket).copied(), waiting) {
            (None, true) => {
                open.insert(ticket, found.len());
                found.push(Wait {
                    ticket,
                    from: at,
                    to: None,
                });
            }
            (Some(place), false) => {
                found[place].to = Some(at);
                open.remove(&ticket);
            }
            _ => {}
        }
    }
    Ok(found)
}

/// A row of a ticket's history, as far as it says who had it and what became of it.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    /// The ticket.
    pub ticket: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The user who did it; none for API clients and the server.
    pub actor: Option<Uuid>,
    /// The field that changed, if it is about one.
    pub field: Option<String>,
    /// What it held before.
    pub old: Option<serde_json::Value>,
    /// What it held afterwards.
    pub new: Option<serde_json::Value>,
}

/// The whole history of tickets that were read already, oldest first; values as they were written.
///
/// # Errors
/// When the database fails.
pub async fn entries(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<Vec<HistoryEntry>> {
    use ticket_change::Column;
    type Row = (
        Uuid,
        DateTime<Utc>,
        ActorKind,
        Option<Uuid>,
        Option<String>,
        Option<serde_json::Value>,
        Option<serde_json::Value>,
    );
    let rows: Vec<Row> = ticket_change::Entity::find()
        .select_only()
        .columns([
            Column::TicketId,
            Column::At,
            Column::ActorKind,
            Column::ActorId,
            Column::Field,
            Column::OldValue,
            Column::NewValue,
        ])
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let entry = |(ticket, at, kind, actor, field, old, new): Row| HistoryEntry {
        ticket,
        at,
        actor: actor.filter(|_| kind == ActorKind::User),
        field,
        old,
        new,
    };
    Ok(rows.into_iter().map(entry).collect())
}
