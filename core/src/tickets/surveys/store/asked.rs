//! About which tickets customers were asked.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{survey, ticket};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::error::Result;

/// Of the tickets that were closed from the first moment on and before the second those about which a survey was sent before the
/// second, however long ago: one that was reopened may have been asked about long before it is closed. One statement.
///
/// # Errors
/// When the database fails.
pub async fn asked_of_closed(
    connection: &impl ConnectionTrait,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashSet<Uuid>> {
    let rows: Vec<Uuid> = survey::Entity::find()
        .select_only()
        .column(survey::Column::TicketId)
        .join(JoinType::InnerJoin, survey::Relation::Ticket.def())
        .filter(ticket::Column::ClosedAt.gte(from))
        .filter(ticket::Column::ClosedAt.lt(to))
        .filter(survey::Column::SentAt.lt(to))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}
