//! Signing out.

use entity::enums::RevokeReason;
use serde_json::json;
use uuid::Uuid;

use super::{changed, lock};
use crate::access::{Call, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::identity::store;
use crate::identity::store::accounts::UserChange;
use crate::work::Work;

/// Ends the session of this request.
///
/// # Errors
/// A user error when there is none, because the token is an identity provider's.
pub async fn sign_out(app: &App, call: &Call) -> Result<Uuid> {
    let principal = Principal::of_viewer(&call.viewer).ok_or_else(ApiError::unauthenticated)?;
    let Some(session) = call.viewer.session_id else {
        return Err(UserError::new(
            UserErrorCode::WrongState,
            "",
            Text::new(
                "You signed in at your identity provider; sign out there.",
                "您通过企业身份提供方登录，请在该处退出。",
            ),
        )
        .into());
    };
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    store::sessions::revoke(work.tx(), session, RevokeReason::SignOut, call.at).await?;
    work.audit(audit::Entry {
        action: "session.sign_out",
        entity_type: entity_type(principal),
        entity_id: Some(principal.id()),
        detail: json!({ "session": session }),
    });
    changed(&mut work, principal, "session.sign_out");
    work.commit().await?;
    Ok(session)
}

/// Ends all sessions of this principal, and with them all its tokens; says how many there were.
///
/// # Errors
/// `UNAUTHENTICATED` when nobody is signed in.
pub async fn sign_out_everywhere(app: &App, call: &Call) -> Result<u64> {
    let principal = Principal::of_viewer(&call.viewer).ok_or_else(ApiError::unauthenticated)?;
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let reason = RevokeReason::SignOutEverywhere;
    let ended = store::sessions::revoke_all(work.tx(), principal, None, reason, call.at).await?;
    match principal {
        Principal::User(id) => {
            let user = store::accounts::user(work.tx(), id)
                .await?
                .ok_or_else(ApiError::not_found)?;
            let change = UserChange {
                ends_tokens: true,
                ..UserChange::default()
            };
            store::accounts::change_user(work.tx(), user, change, call.at).await?;
        }
        Principal::ApiClient(id) => {
            let client = store::accounts::client(work.tx(), id)
                .await?
                .ok_or_else(ApiError::not_found)?;
            store::accounts::change_client(work.tx(), client, None, true, call.at).await?;
        }
    }
    work.audit(audit::Entry {
        action: "session.sign_out_everywhere",
        entity_type: entity_type(principal),
        entity_id: Some(principal.id()),
        detail: json!({ "sessions": ended }),
    });
    changed(&mut work, principal, "session.sign_out_everywhere");
    work.commit().await?;
    Ok(ended)
}

const fn entity_type(principal: Principal) -> &'static str {
    match principal {
        Principal::User(_) => "user",
        Principal::ApiClient(_) => "api_client",
    }
}
