//! The only place that touches the settings' table. The server itself reads figures whoever asks; lists for people go
//! through their reach.

use std::collections::HashMap;

use entity::setting;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect, TryInsertResult,
};

use super::figure::{Definition, Figure, Setting, Typed};
use crate::access::{Permission, Viewer, visible};
use crate::error::{Error, Result};

/// The value of one setting: as it was changed, or its default.
///
/// # Errors
/// When the database fails.
pub async fn read<T: Typed>(connection: &impl ConnectionTrait, setting: &Setting<T>) -> Result<T> {
    let row = setting::Entity::find_by_id(setting.definition.key)
        .one(connection)
        .await?;
    typed(setting, row.as_ref())
}

/// The values of all settings, read in one statement.
///
/// # Errors
/// When the database fails.
pub async fn read_all(connection: &impl ConnectionTrait) -> Result<Figures> {
    let rows = setting::Entity::find().all(connection).await?;
    Ok(Figures(
        rows.into_iter().map(|row| (row.key.clone(), row)).collect(),
    ))
}

/// All settings at one moment.
#[derive(Clone, Debug, Default)]
pub struct Figures(HashMap<String, setting::Model>);

impl Figures {
    /// The value of one of them.
    ///
    /// # Errors
    /// Never for a setting of the catalogue: its default has its type.
    pub fn get<T: Typed>(&self, setting: &Setting<T>) -> Result<T> {
        typed(setting, self.0.get(setting.definition.key))
    }
}

fn typed<T: Typed>(setting: &Setting<T>, row: Option<&setting::Model>) -> Result<T> {
    T::of(figure(&setting.definition, row))
        .ok_or_else(|| Error::internal(format!("{} has another type", setting.definition.key)))
}

/// What a row says of its setting; the default when there is none or when it says what isn't allowed any more.
pub fn figure(definition: &Definition, row: Option<&setting::Model>) -> Figure {
    row.and_then(|row| definition.shape.from_json(&row.value))
        .unwrap_or_else(|| definition.shape.default())
}

/// The rows of changed settings as this viewer may see them, by key.
///
/// # Errors
/// When the database fails.
pub async fn shown(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
) -> Result<HashMap<String, setting::Model>> {
    let rows = visible::<setting::Entity>(viewer, Permission::SettingRead)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.key.clone(), row)).collect())
}

/// The row of a setting that is about to change, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub(super) async fn to_change(
    tx: &impl ConnectionTrait,
    key: &str,
) -> Result<Option<setting::Model>> {
    Ok(setting::Entity::find_by_id(key)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Writes a setting's first row; false when somebody else wrote it meanwhile.
///
/// # Errors
/// When the database fails.
pub(super) async fn insert(tx: &impl ConnectionTrait, row: setting::Model) -> Result<bool> {
    let inserted = setting::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([setting::Column::Key])
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1..)))
}

/// Writes a changed setting.
///
/// # Errors
/// When the database fails.
pub(super) async fn update(tx: &impl ConnectionTrait, row: setting::Model) -> Result<()> {
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}
