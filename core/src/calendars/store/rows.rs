//! Reading and writing calendars and their versions. Other domains count by them, whoever asks, so the reads here know
//! no viewer; what is shown to people is read through their reach.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{calendar, calendar_version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QuerySelect, RelationTrait, Select, TryInsertResult,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
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

/// The version of that number as this viewer may see it.
///
/// # Errors
/// When the database fails.
pub async fn version_shown(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    calendar_id: Uuid,
    number: i32,
) -> Result<Option<calendar_version::Model>> {
    Ok(
        visible::<calendar_version::Entity>(viewer, Permission::CalendarRead)
            .filter(calendar_version::Column::CalendarId.eq(calendar_id))
            .filter(calendar_version::Column::Number.eq(number))
            .one(connection)
            .await?,
    )
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
    holding(connection, calendar_version::Entity::find(), calendar_ids).await
}

/// The same as this viewer may see them.
///
/// # Errors
/// When the database fails.
pub async fn current_shown(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    calendar_ids: &[Uuid],
) -> Result<HashMap<Uuid, calendar_version::Model>> {
    let select = visible::<calendar_version::Entity>(viewer, Permission::CalendarRead);
    holding(connection, select, calendar_ids).await
}

async fn holding(
    connection: &impl ConnectionTrait,
    select: Select<calendar_version::Entity>,
    calendar_ids: &[Uuid],
) -> Result<HashMap<Uuid, calendar_version::Model>> {
    if calendar_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let holds = Expr::col((calendar::Entity, calendar::Column::Current)).eq(Expr::col((
        calendar_version::Entity,
        calendar_version::Column::Number,
    )));
    let rows = select
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

/// Has somebody here made a version of that calendar, besides those that came with the product?
///
/// # Errors
/// When the database fails.
pub async fn made_here(connection: &impl ConnectionTrait, calendar_id: Uuid) -> Result<bool> {
    let made = calendar_version::Entity::find()
        .filter(calendar_version::Column::CalendarId.eq(calendar_id))
        .filter(calendar_version::Column::CreatedBy.is_not_null())
        .count(connection)
        .await?;
    Ok(made > 0)
}

/// Writes a new calendar, false when its code was taken meanwhile; its first version is written with
/// [`insert_version`].
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: calendar::Model) -> Result<bool> {
    let inserted = calendar::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([calendar::Column::Code])
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1..)))
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
