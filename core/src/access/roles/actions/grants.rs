//! Changing what a role grants.

use entity::role;
use serde_json::json;
use uuid::Uuid;

use super::{
    TypedGrant, keep_an_admin, locked, none_of, parse, refused_at, role_changed, role_to_change,
    shown, touched,
};
use crate::access::roles::{rules, store};
use crate::access::{Call, Grants, Permission};
use crate::audit;
use crate::db::Db;
use crate::error::Result;
use crate::work::{Work, expect_version};

/// A change of a role's grants.
#[derive(Clone, Debug)]
pub struct GrantsChange {
    /// The role.
    pub id: Uuid,
    /// The version that the caller saw.
    pub expected_version: i32,
    /// What it is to grant as well.
    pub grant: Vec<TypedGrant>,
    /// What it is to grant no more.
    pub revoke: Vec<TypedGrant>,
}

/// Changes what a role grants: at once for everybody who has it. What it grants already, or doesn't grant, is no mistake.
///
/// # Errors
/// Mistakes in the input, a rule that forbids it, an unknown role, or another version.
pub async fn change_grants(db: &Db, call: &Call, change: GrantsChange) -> Result<role::Model> {
    call.viewer.require(Permission::RoleManage)?;
    let mut work = Work::begin(db, call).await?;
    let setter = locked(&work).await?;
    let role = role_to_change(&work, change.id).await?;
    expect_version(role.version, change.expected_version)?;
    let (grant, mut mistakes) = parse(&change.grant, "input.grant");
    let (revoke, unknown) = parse(&change.revoke, "input.revoke");
    mistakes.extend(unknown);
    let facts = store::facts_of(work.tx(), &role).await?;
    let refusals = rules::change_grants(&setter, role.id, &facts, &grant, &revoke);
    mistakes.extend(refused_at(&refusals, "input.grant"));
    none_of(mistakes)?;

    let held: Vec<rules::Pair> = facts.grants.pairs().collect();
    let granted: Grants = grant.pairs().filter(|pair| !held.contains(pair)).collect();
    let revoked: Grants = revoke.pairs().filter(|pair| held.contains(pair)).collect();
    if granted.is_empty() && revoked.is_empty() {
        return Ok(role);
    }
    store::insert_grants(work.tx(), role.id, &granted).await?;
    store::delete_grants(work.tx(), role.id, &revoked).await?;
    if revoked.has(Permission::RoleManage) {
        keep_an_admin(&work, "input.revoke").await?;
    }
    let updated = touched(&role, call.at);
    store::update_role(work.tx(), &updated).await?;
    work.audit(audit::Entry {
        action: "role.grants.change",
        entity_type: "role",
        entity_id: Some(role.id),
        detail: json!({
            "key": role.key,
            "from": shown(&facts.grants),
            "granted": shown(&granted),
            "revoked": shown(&revoked),
        }),
    });
    work.emit(role_changed(&work, role.id, "grants"));
    work.commit().await?;
    Ok(updated)
}
