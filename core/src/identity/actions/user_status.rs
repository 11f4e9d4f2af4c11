//! Switching users off and on.

use entity::enums::{RevokeReason, UserStatus};
use entity::user;
use serde_json::json;
use uuid::Uuid;

use super::{changed, lock};
use crate::access::roles::rules::Refusal;
use crate::access::{self, Call, Permission, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::identity::rules::within_own_power;
use crate::identity::store;
use crate::identity::store::accounts::UserChange;
use crate::work::{Work, expect_version};

/// Switches a user off: no sign-in, and all its sessions and tokens end.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; a user error for oneself and the last admin; `FORBIDDEN` for an account that may do more.
pub async fn user_disable(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<user::Model> {
    call.viewer.require(Permission::UserManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let user = store::accounts::managed_user(work.tx(), &call.viewer, id).await?;
    expect_version(user.version, expected_version)?;
    if call.viewer.actor.id == Some(id) {
        let text = Text::new(
            "You can't disable your own account; ask a colleague.",
            "不能停用自己的账号，请联系同事。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    expect_status(&user, UserStatus::Active)?;
    let principal = Principal::User(id);
    let (theirs, _) = access::roles::grants_of(work.tx(), principal, None, call.at).await?;
    // What is kept from administrators doesn't keep them from letting somebody in or not: nobody gains by it.
    within_own_power(&call.viewer.grants, &theirs.without_kept())?;
    let change = UserChange {
        status: Some(UserStatus::Disabled),
        ends_tokens: true,
        ..UserChange::default()
    };
    let user = store::accounts::change_user(work.tx(), user, change, call.at).await?;
    if !access::roles::last_admin_remains(work.tx()).await? {
        return Err(Refusal::LastAdmin.at("input.id").into());
    }
    let reason = RevokeReason::Disabled;
    let ended = store::sessions::revoke_all(work.tx(), principal, None, reason, call.at).await?;
    work.audit(audit::Entry {
        action: "user.disable",
        entity_type: "user",
        entity_id: Some(id),
        detail: json!({ "login": user.login, "sessionsEnded": ended }),
    });
    changed(&mut work, principal, "user.disable");
    work.commit().await?;
    Ok(user)
}

/// Switches a user on again.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; `FORBIDDEN` for an account that may do more.
pub async fn user_enable(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<user::Model> {
    call.viewer.require(Permission::UserManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let user = store::accounts::managed_user(work.tx(), &call.viewer, id).await?;
    expect_version(user.version, expected_version)?;
    expect_status(&user, UserStatus::Disabled)?;
    let principal = Principal::User(id);
    let (theirs, _) = access::roles::grants_of(work.tx(), principal, None, call.at).await?;
    // What is kept from administrators doesn't keep them from letting somebody in or not: nobody gains by it.
    within_own_power(&call.viewer.grants, &theirs.without_kept())?;
    let change = UserChange {
        status: Some(UserStatus::Active),
        ..UserChange::default()
    };
    let user = store::accounts::change_user(work.tx(), user, change, call.at).await?;
    work.audit(audit::Entry {
        action: "user.enable",
        entity_type: "user",
        entity_id: Some(id),
        detail: json!({ "login": user.login }),
    });
    changed(&mut work, principal, "user.enable");
    work.commit().await?;
    Ok(user)
}

fn expect_status(user: &user::Model, status: UserStatus) -> Result<(), UserError> {
    if user.status == status {
        return Ok(());
    }
    let text = match user.status {
        UserStatus::Active => Text::new("The account is active already.", "账号已是启用状态。"),
        UserStatus::Disabled => Text::new("The account is disabled already.", "账号已是停用状态。"),
    };
    Err(UserError::new(UserErrorCode::WrongState, "input.id", text))
}
