//! Changing a setting (修改业务参数).

use entity::setting;
use serde_json::json;

use super::catalogue::CATALOGUE;
use super::figure::Definition;
use super::store::{figure, insert, to_change, update};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::audit;
use crate::error::{ApiError, Error, Result, Text, UserError, UserErrorCode};
use crate::work::{Work, expect_version};

/// What becomes of a setting.
#[derive(Clone, Debug)]
pub struct SettingChange {
    /// Which one.
    pub key: String,
    /// The new value as the API writes it.
    pub value: String,
    /// Its version as it was seen; 0 while it has its default.
    pub expected_version: i32,
}

/// Changes a setting and returns what the catalogue says of it. The value that it has already isn't a change.
///
/// # Errors
/// User errors about key and value; refusals of permission and version.
pub async fn setting_change(
    app: &App,
    call: &Call,
    input: &SettingChange,
) -> Result<&'static Definition> {
    call.viewer.require(Permission::SettingManage)?;
    let definition = named(&input.key)?;
    let value = definition.shape.parse(&input.value).ok_or_else(|| {
        let range = definition.shape.range();
        UserError::new(
            UserErrorCode::Invalid,
            "input.value",
            Text::new(
                format!("{} is {}.", definition.key, range.en),
                format!("{} 应为{}。", definition.key, range.zh),
            ),
        )
    })?;
    let mut work = Work::begin(&app.db, call).await?;
    let row = to_change(work.tx(), definition.key).await?;
    expect_version(
        row.as_ref().map_or(0, |row| row.version),
        input.expected_version,
    )?;
    let before = figure(definition, row.as_ref());
    if before == value {
        return Ok(definition);
    }
    let after = setting::Model {
        key: definition.key.to_owned(),
        value: value.to_json(),
        version: input.expected_version + 1,
        updated_by: call.viewer.actor.id,
        updated_at: call.at,
    };
    if row.is_some() {
        update(work.tx(), after).await?;
    } else if !insert(work.tx(), after).await? {
        // Somebody else changed it for the first time, just before.
        let version = to_change(work.tx(), definition.key).await?;
        let version = version.map_or(1, |row| row.version);
        return Err(ApiError::conflict(version).into());
    }
    work.audit(audit::Entry {
        action: "setting.change",
        entity_type: "setting",
        entity_id: None,
        detail: json!({ "key": definition.key, "from": before.to_json(), "to": value.to_json() }),
    });
    work.commit().await?;
    Ok(definition)
}

/// The setting of that name.
fn named(key: &str) -> Result<&'static Definition> {
    CATALOGUE
        .iter()
        .find(|definition| definition.key == key)
        .ok_or_else(|| {
            let text = Text::new(
                "There is no such setting; `settings` lists them all.",
                "没有此参数；可通过 settings 查询全部参数。",
            );
            Error::from(UserError::new(UserErrorCode::NotFound, "input.key", text))
        })
}
