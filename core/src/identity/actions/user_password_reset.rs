//! Setting a password for somebody who lost it.

use entity::enums::RevokeReason;
use entity::user;
use serde_json::json;
use uuid::Uuid;

use super::{changed, lock};
use crate::access::{self, Call, Permission, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{ApiError, Result};
use crate::identity::password::check_policy;
use crate::identity::rules::within_own_power;
use crate::identity::store;
use crate::identity::store::accounts::UserChange;
use crate::work::{Work, expect_version};

/// Sets a user's password and ends all its sessions and tokens.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; a user error for the policy; `FORBIDDEN` for an account that may do more than the one that asks.
pub async fn user_password_reset(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
    password: &str,
) -> Result<user::Model> {
    call.viewer.require(Permission::UserManage)?;
    let before = store::accounts::manageable_user(app.db.reader(), &call.viewer, id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    check_policy(password, &before.login, "input.newPassword")?;
    let hash = app.identity.hasher.hash(password).await?;

    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let user = store::accounts::managed_user(work.tx(), &call.viewer, id).await?;
    expect_version(user.version, expected_version)?;
    let principal = Principal::User(id);
    let (theirs, _) = access::roles::grants_of(work.tx(), principal, None, call.at).await?;
    within_own_power(&call.viewer.grants, &theirs)?;
    let change = UserChange {
        password_hash: Some(hash),
        ends_tokens: true,
        ..UserChange::default()
    };
    let user = store::accounts::change_user(work.tx(), user, change, call.at).await?;
    let reason = RevokeReason::PasswordChanged;
    let ended = store::sessions::revoke_all(work.tx(), principal, None, reason, call.at).await?;
    work.audit(audit::Entry {
        action: "user.password_reset",
        entity_type: "user",
        entity_id: Some(id),
        detail: json!({ "login": user.login, "sessionsEnded": ended }),
    });
    changed(&mut work, principal, "user.password_reset");
    work.commit().await?;
    Ok(user)
}
