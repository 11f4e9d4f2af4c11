//! Changing one's own password.

use entity::enums::RevokeReason;
use entity::user;
use serde_json::json;

use super::sign_in::counted;
use super::{changed, lock};
use crate::access::{Call, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::identity::password::check_policy;
use crate::identity::store;
use crate::identity::store::accounts::UserChange;
use crate::work::Work;

/// Sets a new password for the user that asks, and ends its other sessions.
///
/// # Errors
/// User errors when the old password is wrong or the new one breaks the policy; `RATE_LIMITED` after too many failures.
pub async fn password_change(app: &App, call: &Call, old: &str, new: &str) -> Result<user::Model> {
    let Some(Principal::User(id)) = Principal::of_viewer(&call.viewer) else {
        return Err(ApiError::unauthenticated().into());
    };
    let user = store::accounts::user(app.db.reader(), id)
        .await?
        .ok_or_else(ApiError::unauthenticated)?;
    check_policy(new, &user.login, "input.newPassword")?;
    if old == new {
        let text = Text::new(
            "The new password is the old one; choose another.",
            "新密码与旧密码相同，请更换。",
        );
        return Err(UserError::new(UserErrorCode::Invalid, "input.newPassword", text).into());
    }
    let hasher = &app.identity.hasher;
    counted(app, call, &user.login, async {
        let right = hasher.verify(old, Some(&user.password_hash)).await?;
        right.then_some(()).ok_or_else(wrong)
    })
    .await?;
    let hash = hasher.hash(new).await?;

    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let now = store::accounts::user(work.tx(), id)
        .await?
        .filter(|now| now.password_hash == user.password_hash)
        .ok_or_else(wrong)?;
    let change = UserChange {
        password_hash: Some(hash),
        ..UserChange::default()
    };
    let user = store::accounts::change_user(work.tx(), now, change, call.at).await?;
    let principal = Principal::User(id);
    let ended = store::sessions::revoke_all(
        work.tx(),
        principal,
        call.viewer.session_id,
        RevokeReason::PasswordChanged,
        call.at,
    )
    .await?;
    work.audit(audit::Entry {
        action: "user.password_change",
        entity_type: "user",
        entity_id: Some(id),
        detail: json!({ "otherSessionsEnded": ended }),
    });
    changed(&mut work, principal, "user.password_change");
    work.commit().await?;
    Ok(user)
}

fn wrong() -> crate::error::Error {
    UserError::new(
        UserErrorCode::BadCredentials,
        "input.oldPassword",
        Text::new("The old password is wrong.", "旧密码错误。"),
    )
    .into()
}
