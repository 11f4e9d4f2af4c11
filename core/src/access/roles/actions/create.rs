//! Making a role.

use entity::enums::UserKind;
use entity::role;
use serde::Serialize;
use serde_json::json;

use super::{
    TypedGrant, free_text, locked, none_of, parse, refused_at, role_changed, role_to_change, shown,
    text,
};
use crate::access::roles::{rules, store};
use crate::access::{Call, Permission};
use crate::audit;
use crate::db::{Db, new_id};
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::work::{Once, Work};

/// A role to be made.
#[derive(Clone, Debug, Serialize)]
pub struct NewRole {
    /// Its key: `a-z`, digits and `_`.
    pub key: String,
    /// Its name in English.
    pub name: String,
    /// Its name in Chinese; the English one when it is missing.
    pub name_zh: Option<String>,
    /// What it is for, in English.
    pub description: Option<String>,
    /// What it is for, in Chinese.
    pub description_zh: Option<String>,
    /// For whom it is.
    pub audience: UserKind,
    /// What it grants.
    pub grants: Vec<TypedGrant>,
}

/// Makes a role.
///
/// # Errors
/// Mistakes in the input, or grants that the caller can't give.
pub async fn create(
    db: &Db,
    call: &Call,
    new: NewRole,
    idempotency_key: Option<&str>,
) -> Result<role::Model> {
    call.viewer.require(Permission::RoleManage)?;
    let mut work = Work::begin(db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "roleCreate", &new).await? {
        return role_to_change(&work, id).await;
    }
    let setter = locked(&work).await?;
    let (grants, mut mistakes) = parse(&new.grants, "input.grants");
    let refusals = rules::create(&setter, new.audience, &grants);
    mistakes.extend(refused_at(&refusals, "input.grants"));
    let row = row_of(&new, call, &mut mistakes);
    if store::key_is_taken(work.tx(), &row.key).await? {
        let text = Text::new(
            "There is a role with this key already; choose another.",
            "该标识已被其他角色使用，请更换。",
        );
        mistakes.push(UserError::new(UserErrorCode::Taken, "input.key", text));
    }
    none_of(mistakes)?;
    store::insert_role(work.tx(), &row).await?;
    store::insert_grants(work.tx(), row.id, &grants).await?;
    work.audit(audit::Entry {
        action: "role.create",
        entity_type: "role",
        entity_id: Some(row.id),
        detail: json!({ "key": row.key, "name": row.name, "audience": row.audience, "grants": shown(&grants) }),
    });
    work.emit(role_changed(&work, row.id, "create"));
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row)
}

fn row_of(new: &NewRole, call: &Call, mistakes: &mut Vec<UserError>) -> role::Model {
    let name = text(&new.name, "input.name", 100, mistakes);
    let name_zh = match new.name_zh.as_deref().map(str::trim) {
        None | Some("") => name.clone(),
        Some(zh) => free_text(zh, "input.nameZh", 100, mistakes),
    };
    let description = new.description.as_deref().unwrap_or_default();
    let description_zh = new.description_zh.as_deref().unwrap_or_default();
    role::Model {
        id: new_id(call.at),
        key: key(&new.key, mistakes),
        name,
        name_zh,
        description: free_text(description, "input.description", 1_000, mistakes),
        description_zh: free_text(description_zh, "input.descriptionZh", 1_000, mistakes),
        builtin: false,
        audience: new.audience,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    }
}

/// A key that stands in tokens and configuration as it is.
fn key(typed: &str, mistakes: &mut Vec<UserError>) -> String {
    let key = typed.trim();
    let letters = key
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !letters
        || !key.starts_with(|c: char| c.is_ascii_lowercase())
        || !(2..=50).contains(&key.len())
    {
        let text = Text::new(
            "A key has 2 to 50 of a-z, 0-9 and _, and starts with a letter, such as `night_shift`.",
            "标识由 2 至 50 个小写字母、数字或下划线组成，并以字母开头，例如 night_shift。",
        );
        mistakes.push(UserError::new(UserErrorCode::Invalid, "input.key", text));
    }
    key.to_owned()
}
