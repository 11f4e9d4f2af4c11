//! The stays of tickets in steps.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{process_step, ticket_step_entry};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use crate::db::new_id;
use crate::error::Result;

/// A stay with the code of its step.
#[derive(Clone, Debug)]
pub struct Stay {
    /// The stay.
    pub entry: ticket_step_entry::Model,
    /// The code of its step.
    pub code: String,
}

/// Begins a stay; the one before must have been left.
///
/// # Errors
/// When the database fails.
pub async fn enter(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    step: Uuid,
    at: DateTime<Utc>,
) -> Result<ticket_step_entry::Model> {
    use ticket_step_entry::Column;
    let earlier = ticket_step_entry::Entity::find()
        .filter(Column::TicketId.eq(ticket))
        .filter(Column::StepId.eq(step))
        .order_by_desc(Column::Visit)
        .one(connection)
        .await?;
    let entry = ticket_step_entry::Model {
        id: new_id(at),
        ticket_id: ticket,
        step_id: step,
        entered_at: at,
        left_at: None,
        visit: earlier.map_or(1, |entry| entry.visit + 1),
    };
    Ok(entry
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Ends the open stay, if there is one, and returns it.
///
/// # Errors
/// When the database fails.
pub async fn leave(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    at: DateTime<Utc>,
) -> Result<Option<ticket_step_entry::Model>> {
    use ticket_step_entry::Column;
    let mut left = ticket_step_entry::Entity::update_many()
        .col_expr(Column::LeftAt, sea_orm::sea_query::Expr::value(at))
        .filter(Column::TicketId.eq(ticket))
        .filter(Column::LeftAt.is_null())
        .exec_with_returning(connection)
        .await?;
    Ok(left.pop())
}

/// The stays of tickets that were read already, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn stays(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ticket_step_entry::Model>>> {
    use ticket_step_entry::Column;
    let rows = ticket_step_entry::Entity::find()
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(Column::EnteredAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<ticket_step_entry::Model>> =
        tickets.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.ticket_id).or_default().push(row);
    }
    Ok(of)
}

/// The same with the codes of the steps.
///
/// # Errors
/// When the database fails.
pub async fn step_stays(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Stay>>> {
    use ticket_step_entry::Column;
    let rows = ticket_step_entry::Entity::find()
        .find_also_related(process_step::Entity)
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(Column::EnteredAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<Stay>> = HashMap::new();
    for (entry, step) in rows {
        if let Some(step) = step {
            let code = step.code;
            of.entry(entry.ticket_id)
                .or_default()
                .push(Stay { entry, code });
        }
    }
    Ok(of)
}
