//! Writing rows, within an action that has decided on them.

use chrono::{DateTime, Utc};
use entity::{assignment, member, team};
use sea_orm::sea_query::LockType;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

use crate::error::Result;

/// Writes a new assignment.
///
/// # Errors
/// When the database fails.
pub async fn insert_assignment(tx: &impl ConnectionTrait, row: assignment::Model) -> Result<()> {
    assignment::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a changed assignment as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_assignment(
    tx: &impl ConnectionTrait,
    mut row: assignment::Model,
    at: DateTime<Utc>,
) -> Result<assignment::Model> {
    row.version += 1;
    row.updated_at = at;
    Ok(row.into_active_model().reset_all().update(tx).await?)
}

/// Writes a member as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_member(
    tx: &impl ConnectionTrait,
    mut row: member::Model,
    at: DateTime<Utc>,
) -> Result<member::Model> {
    row.version += 1;
    row.updated_at = at;
    Ok(row.into_active_model().reset_all().update(tx).await?)
}

/// Locks a team until the end of the transaction, so that two writers about it come one after the other.
///
/// # Errors
/// When the database fails.
pub async fn lock_team(tx: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    team::Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    Ok(())
}
