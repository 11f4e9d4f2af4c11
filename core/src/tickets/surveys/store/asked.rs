//! About which tickets customers were asked.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::survey;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::error::Result;

/// The tickets about which a survey was sent from the first moment on and before the second. One statement.
///
/// # Errors
/// When the database fails.
pub async fn asked_between(
    connection: &impl ConnectionTrait,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashSet<Uuid>> {
    let rows: Vec<Uuid> = survey::Entity::find()
        .select_only()
        .column(survey::Column::TicketId)
        .filter(survey::Column::SentAt.gte(from))
        .filter(survey::Column::SentAt.lt(to))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}
