//! Changing what a role is called.

use entity::role;
use serde_json::{Map, json};
use uuid::Uuid;

use super::{free_text, locked, none_of, role_changed, role_to_change, text, touched};
use crate::access::roles::store;
use crate::access::{Call, Permission};
use crate::audit;
use crate::db::Db;
use crate::error::Result;
use crate::work::{Work, expect_version};

/// New texts of a role; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct RoleUpdate {
    /// The role.
    pub id: Uuid,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// Its name in English.
    pub name: Option<String>,
    /// Its name in Chinese.
    pub name_zh: Option<String>,
    /// What it is for, in English.
    pub description: Option<String>,
    /// What it is for, in Chinese.
    pub description_zh: Option<String>,
}

/// Changes name and description of a role.
///
/// # Errors
/// Mistakes in the input, an unknown role, or another version.
pub async fn update(db: &Db, call: &Call, change: RoleUpdate) -> Result<role::Model> {
    call.viewer.require(Permission::RoleManage)?;
    let mut work = Work::begin(db, call).await?;
    locked(&work).await?;
    let role = role_to_change(&work, change.id).await?;
    expect_version(role.version, change.expected_version)?;
    let mut mistakes = Vec::new();
    let mut row = touched(&role, call.at);
    let mut changes = Map::new();
    let mut note = |field: &str, from: &str, to: &str| {
        let differs = from != to;
        if differs {
            changes.insert(field.to_owned(), json!({ "from": from, "to": to }));
        }
        differs
    };
    if let Some(name) = &change.name {
        let name = text(name, "input.name", 100, &mut mistakes);
        if note("name", &role.name, &name) {
            row.name = name;
        }
    }
    if let Some(name) = &change.name_zh {
        let name = text(name, "input.nameZh", 100, &mut mistakes);
        if note("nameZh", &role.name_zh, &name) {
            row.name_zh = name;
        }
    }
    if let Some(description) = &change.description {
        let description = free_text(description, "input.description", 1_000, &mut mistakes);
        if note("description", &role.description, &description) {
            row.description = description;
        }
    }
    if let Some(description) = &change.description_zh {
        let description = free_text(description, "input.descriptionZh", 1_000, &mut mistakes);
        if note("descriptionZh", &role.description_zh, &description) {
            row.description_zh = description;
        }
    }
    none_of(mistakes)?;
    if changes.is_empty() {
        return Ok(role);
    }
    store::update_role(work.tx(), &row).await?;
    work.audit(audit::Entry {
        action: "role.update",
        entity_type: "role",
        entity_id: Some(role.id),
        detail: json!({ "key": role.key, "changes": changes }),
    });
    work.emit(role_changed(&work, role.id, "update"));
    work.commit().await?;
    Ok(row)
}
