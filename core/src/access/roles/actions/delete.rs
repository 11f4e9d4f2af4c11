//! Removing a role.

use serde_json::json;
use uuid::Uuid;

use super::{locked, none_of, refused_at, role_changed, role_to_change, shown};
use crate::access::roles::{rules, store};
use crate::access::{Call, Permission};
use crate::audit;
use crate::db::Db;
use crate::error::Result;
use crate::work::{Work, expect_version};

/// Removes a role that nobody has; its grants go with it.
///
/// # Errors
/// A built-in role, one that somebody has, an unknown one, or another version.
pub async fn delete(db: &Db, call: &Call, id: Uuid, expected_version: i32) -> Result<Uuid> {
    call.viewer.require(Permission::RoleManage)?;
    let mut work = Work::begin(db, call).await?;
    locked(&work).await?;
    let role = role_to_change(&work, id).await?;
    expect_version(role.version, expected_version)?;
    let facts = store::facts_of(work.tx(), &role).await?;
    let holders = store::count_gifts(work.tx(), role.id).await?;
    none_of(refused_at(&rules::delete(&facts, holders), "input.id"))?;
    store::delete_role(work.tx(), role.id).await?;
    work.audit(audit::Entry {
        action: "role.delete",
        entity_type: "role",
        entity_id: Some(role.id),
        detail: json!({ "key": role.key, "name": role.name, "grants": shown(&facts.grants) }),
    });
    work.emit(role_changed(&work, role.id, "delete"));
    work.commit().await?;
    Ok(role.id)
}
