//! What the log says of one kind of action, for a domain that holds its own rows against it.

use entity::audit_log::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

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
