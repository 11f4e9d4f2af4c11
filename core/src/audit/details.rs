//! What the log says of some kinds of action, for a domain that holds its own rows against it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::audit_log::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use crate::error::Result;

/// The details of entries of an action after a place in the chain, the first one first, so many at most; each with its place.
///
/// # Errors
/// When the database fails.
pub async fn details_after(
    connection: &impl ConnectionTrait,
    action: &str,
    after: i64,
    limit: u64,
) -> Result<Vec<(i64, Value)>> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::Seq, Column::Detail])
        .filter(Column::Action.eq(action))
        .filter(Column::Seq.gt(after))
        .order_by_asc(Column::Seq)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// Which of these actions was the last one that was done with each of these objects, as it stood at a moment; those with which none was
/// done aren't in it. One statement.
///
/// # Errors
/// When the database fails.
pub async fn last_done(
    connection: &impl ConnectionTrait,
    actions: &[&str],
    objects: &[Uuid],
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, String>> {
    let rows: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::EntityId, Column::Action])
        .filter(Column::EntityId.is_in(objects.iter().copied()))
        .filter(Column::Action.is_in(actions.iter().copied()))
        .filter(Column::At.lte(known_at))
        .order_by_asc(Column::Seq)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}
