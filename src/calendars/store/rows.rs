//! Reading and writing calendars and their versions. Other domains count by them, whoever asks, so the reads here know
//! no viewer; what is shown to people is read through their reach.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{calendar, calendar_version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    QueryFilter, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::error::{Error, Result};

/// A calendar by its key.
///
/// # Errors
/// When the database fails.
pub async fn find(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<calendar::Model>> {
    Ok(calendar::Entity::find_by_id(id).one(connection).await?)
}

/// A calendar by its code.
///
/// # Errors
/// When the database fails.
pub async fn by_code(
    connection: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<calendar::Model>> {
    Ok(calendar::Entity::find()
        .filter(calendar::Column::Code.eq(code))
        .one(connection)
        .await?)
}

/// Versions by their own keys; one statement.
///
/// # Errors
/// When the database fails.
pub async fn versions(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, calendar_version::Model>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = calendar_version::Entity::find()
        .filter(calendar_version::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The version of that number.
///
/// # Errors
/// When the database fails.
pub async fn version(
    connection: &impl ConnectionTrait,
    calendar_id: Uuid,
    number: i32,
) -> Result<Option<calendar_version::Model>> {
    Ok(calendar_version::Entity::find()
        .filter(calendar_version::Column::CalendarId.eq(calendar_id))
        .filter(calendar_version::Column::Number.eq(number))
        .one(connection)
        .await?)
}

/// The version of a calendar that holds now.
///
/// # Errors
/// When the database fails or there is no such calendar.
pub async fn current(
    connection: &impl ConnectionTrait,
    calendar_id: Uuid,
) -> Result<calendar_version::Model> {
    current_of(connection, &[calendar_id])
        .await?
        .remove(&calendar_id)
        .ok_or_else(|| Error::internal(format!("there is no calendar {calendar_id}")))
}

/// The versions of calendars that hold now, by the calendars' keys; one statement.
///
/// # Errors
/// When the database fails.
pub async fn current_of(
    connection: &impl ConnectionTrait,
    calendar_ids: &[Uuid],
) -> Result<HashMap<Uuid, calendar_version::Model>> {
    if calendar_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let holds = Expr::col((calendar::Entity, calendar::Column::Current)).eq(Expr::col((
        calendar_version::Entity,
        calendar_version::Column::Number,
    )));
    let rows = calendar_version::Entity::find()
        .join(
            JoinType::InnerJoin,
            calendar_version::Relation::Calendar.def(),
        )
        .filter(calendar_version::Column::CalendarId.is_in(calendar_ids.iter().copied()))
        .filter(holds)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.calendar_id, row)).collect())
}

/// Writes a new calendar; its first version is written with [`insert_version`].
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: calendar::Model) -> Result<()> {
    calendar::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a new version; it holds once the calendar's `current` says so.
///
/// # Errors
/// When the database fails.
pub async fn insert_version(tx: &impl ConnectionTrait, row: calendar_version::Model) -> Result<()> {
    calendar_version::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a changed calendar and raises its version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: calendar::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}
