//! Templates, versions and steps.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::enums::{ProcessState, TicketKind};
use entity::{process_step, process_template, process_version};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::{ApiError, Error, Result};

/// A template that an action has found already.
///
/// # Errors
/// An internal one when it isn't there.
pub async fn template(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<process_template::Model> {
    process_template::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or_else(|| Error::internal("a version without its template"))
}

/// A version that an action has found already.
///
/// # Errors
/// An internal one when it isn't there.
pub async fn version(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<process_version::Model> {
    process_version::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or_else(|| Error::internal("a version is gone right after it was written"))
}

/// Has a template this code already?
///
/// # Errors
/// When the database fails.
pub async fn code_is_taken(connection: &impl ConnectionTrait, code: &str) -> Result<bool> {
    let found = process_template::Entity::find()
        .filter(process_template::Column::Code.eq(code))
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// The kinds of ticket that have a template, of whatever state.
///
/// # Errors
/// When the database fails.
pub async fn kinds_with_process(connection: &impl ConnectionTrait) -> Result<Vec<TicketKind>> {
    Ok(process_template::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.kind)
        .collect())
}

/// Locks all templates of a kind, so that of two that publish at once the second sees what the first has published.
///
/// # Errors
/// When the database fails.
pub async fn lock_kind(
    transaction: &impl ConnectionTrait,
    kind: TicketKind,
) -> Result<Vec<process_template::Model>> {
    Ok(process_template::Entity::find()
        .filter(process_template::Column::Kind.eq(kind))
        .order_by_asc(process_template::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?)
}

/// The published versions of these templates.
///
/// # Errors
/// When the database fails.
pub async fn published(
    connection: &impl ConnectionTrait,
    templates: &[Uuid],
) -> Result<Vec<process_version::Model>> {
    Ok(process_version::Entity::find()
        .filter(process_version::Column::TemplateId.is_in(templates.iter().copied()))
        .filter(process_version::Column::State.eq(ProcessState::Published))
        .all(connection)
        .await?)
}

/// The published version of each of these templates.
///
/// # Errors
/// When the database fails.
pub async fn published_of(
    connection: &impl ConnectionTrait,
    templates: &[Uuid],
) -> Result<HashMap<Uuid, process_version::Model>> {
    let rows = published(connection, templates).await?;
    Ok(rows.into_iter().map(|row| (row.template_id, row)).collect())
}

/// The version that new tickets of a kind follow.
///
/// # Errors
/// When the database fails.
pub async fn published_of_kind(
    connection: &impl ConnectionTrait,
    kind: TicketKind,
) -> Result<Option<process_version::Model>> {
    Ok(process_version::Entity::find()
        .inner_join(process_template::Entity)
        .filter(process_template::Column::Kind.eq(kind))
        .filter(process_version::Column::State.eq(ProcessState::Published))
        .one(connection)
        .await?)
}

/// The greatest number of a template's versions; 0 when it has none.
///
/// # Errors
/// When the database fails.
pub async fn last_number(connection: &impl ConnectionTrait, template: Uuid) -> Result<i32> {
    let last = process_version::Entity::find()
        .filter(process_version::Column::TemplateId.eq(template))
        .order_by_desc(process_version::Column::Number)
        .one(connection)
        .await?;
    Ok(last.map_or(0, |row| row.number))
}

/// The steps of a version, in order.
///
/// # Errors
/// When the database fails.
pub async fn steps(
    connection: &impl ConnectionTrait,
    version: Uuid,
) -> Result<Vec<process_step::Model>> {
    Ok(process_step::Entity::find()
        .filter(process_step::Column::VersionId.eq(version))
        .order_by_asc(process_step::Column::Position)
        .order_by_asc(process_step::Column::Id)
        .all(connection)
        .await?)
}

/// Steps by their ids, whatever version they belong to.
///
/// # Errors
/// When the database fails.
pub async fn steps_by_id(
    connection: &impl ConnectionTrait,
    ids: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, process_step::Model>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = process_step::Entity::find()
        .filter(process_step::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Writes a new template.
///
/// # Errors
/// When the database fails.
pub async fn insert_template(
    connection: &impl ConnectionTrait,
    row: process_template::Model,
) -> Result<process_template::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Writes a new version.
///
/// # Errors
/// When the database fails.
pub async fn insert_version(
    connection: &impl ConnectionTrait,
    row: process_version::Model,
) -> Result<process_version::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Writes new steps.
///
/// # Errors
/// When the database fails.
pub async fn insert_steps(
    connection: &impl ConnectionTrait,
    rows: Vec<process_step::Model>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    process_step::Entity::insert_many(rows)
        .exec(connection)
        .await?;
    Ok(())
}

/// Takes all steps of a draft away.
///
/// # Errors
/// When the database fails.
pub async fn delete_steps(connection: &impl ConnectionTrait, version: Uuid) -> Result<()> {
    process_step::Entity::delete_many()
        .filter(process_step::Column::VersionId.eq(version))
        .exec(connection)
        .await?;
    Ok(())
}

/// Writes a changed version if nobody else has changed it since it was read; raises its version.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn save_version(
    connection: &impl ConnectionTrait,
    row: process_version::Model,
    at: DateTime<Utc>,
) -> Result<process_version::Model> {
    let (id, version) = (row.id, row.version);
    let now = process_version::Model {
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = process_version::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(process_version::Column::Id.eq(id))
        .filter(process_version::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    saved
        .pop()
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}
