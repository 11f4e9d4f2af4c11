//! Single rows, for actions that have found their right to them.

use chrono::{DateTime, Utc};
use entity::enums::GoalState;
use entity::{goal, goal_alert};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::{ApiError, Result};

/// The goals that are pursued, in the order of their ids, from after one on.
///
/// # Errors
/// When the database fails.
pub async fn active(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<goal::Model>> {
    let mut select = goal::Entity::find().filter(goal::Column::State.eq(GoalState::Active));
    if let Some(after) = after {
        select = select.filter(goal::Column::Id.gt(after));
    }
    Ok(select
        .order_by_asc(goal::Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// Writes a new goal.
///
/// # Errors
/// When the database fails.
pub async fn insert(connection: &impl ConnectionTrait, row: goal::Model) -> Result<()> {
    row.into_active_model()
        .reset_all()
        .insert(connection)
        .await?;
    Ok(())
}

/// Writes a changed goal if nobody else has changed it since this version was read; raises its version.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn save(
    connection: &impl ConnectionTrait,
    row: goal::Model,
    at: DateTime<Utc>,
) -> Result<goal::Model> {
    let version = row.version;
    save_if_same(connection, row, at)
        .await?
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}

/// The same; none when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn save_if_same(
    connection: &impl ConnectionTrait,
    row: goal::Model,
    at: DateTime<Utc>,
) -> Result<Option<goal::Model>> {
    let (id, version) = (row.id, row.version);
    let now = goal::Model {
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = goal::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(goal::Column::Id.eq(id))
        .filter(goal::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    Ok(saved.pop())
}

/// Writes an alert.
///
/// # Errors
/// When the database fails.
pub async fn insert_alert(connection: &impl ConnectionTrait, row: goal_alert::Model) -> Result<()> {
    row.into_active_model()
        .reset_all()
        .insert(connection)
        .await?;
    Ok(())
}
