//! Which sources have been counted from all records.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::metric_counted_source::{ActiveModel, Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::error::Result;

/// The sources that have been counted.
///
/// # Errors
/// When the database fails.
pub async fn counted_sources(connection: &impl ConnectionTrait) -> Result<BTreeSet<String>> {
    let keys: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Source)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(keys.into_iter().collect())
}

/// Notes that sources have been counted.
///
/// # Errors
/// When the database fails.
pub async fn mark_sources(
    connection: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = &str>,
    at: DateTime<Utc>,
) -> Result<()> {
    let rows: Vec<ActiveModel> = keys
        .into_iter()
        .map(|key| ActiveModel {
            source: Set(key.to_owned()),
            counted_at: Set(at),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(Column::Source)
                .update_column(Column::CountedAt)
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Forgets that sources were counted: nobody hands them in any more, and facts of them may go.
///
/// # Errors
/// When the database fails.
pub async fn forget_sources(connection: &impl ConnectionTrait, keys: &[&str]) -> Result<()> {
    Entity::delete_many()
        .filter(Column::Source.is_in(keys.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}
