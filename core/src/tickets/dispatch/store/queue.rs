//! The tickets that wait for somebody, in the order in which it is their turn.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::TicketState;
use entity::{ticket, ticket_change};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;

/// Which part of the queue.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    /// Only of this team.
    pub team: Option<Uuid>,
    /// Without these.
    pub except: Vec<Uuid>,
    /// At most so many.
    pub most: u64,
}

/// Open tickets without an assignee that the viewer has under `permission`: most urgent first, among equals the oldest.
///
/// # Errors
/// When the database fails.
pub async fn waiting(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    turn: &Turn,
) -> Result<Vec<ticket::Model>> {
    use ticket::Column;
    let mut select = visible::<ticket::Entity>(viewer, permission)
        .filter(Column::State.eq(TicketState::Open))
        .filter(Column::AssigneeId.is_null())
        .filter(Column::ResolvedAt.is_null());
    if let Some(team) = turn.team {
        select = select.filter(Column::TeamId.eq(team));
    }
    if !turn.except.is_empty() {
        select = select.filter(Column::Id.is_not_in(turn.except.iter().copied()));
    }
    Ok(select
        .order_by_desc(Column::Priority)
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(turn.most)
        .all(connection)
        .await?)
}

/// When tickets that have no assignee were last taken back from one; those that never had one are absent.
///
/// # Errors
/// When the database fails.
pub async fn unassigned_since(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    use ticket_change::Column::{At, Field, TicketId};
    let rows: Vec<(Uuid, DateTime<Utc>)> = ticket_change::Entity::find()
        .select_only()
        .column(TicketId)
        .column_as(At.max(), "last")
        .filter(TicketId.is_in(tickets.iter().copied()))
        .filter(Field.eq("assigneeId"))
        .group_by(TicketId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}
