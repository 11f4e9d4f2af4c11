//! Switching an API client off.

use entity::api_client;
use entity::enums::{RevokeReason, UserStatus};
use serde_json::json;
use uuid::Uuid;

use super::{changed, lock};
use crate::access::{self, Call, Permission, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::identity::rules::within_own_power;
use crate::identity::store;
use crate::work::{Work, expect_version};

/// Switches an API client off: no tokens, and those it has end.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; a user error when it is off already; `FORBIDDEN` for a client that may do more.
pub async fn api_client_disable(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<api_client::Model> {
    call.viewer.require(Permission::UserManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let client = store::accounts::managed_client(work.tx(), &call.viewer, id).await?;
    expect_version(client.version, expected_version)?;
    if client.status == UserStatus::Disabled {
        let text = Text::new("The client is disabled already.", "客户端已是停用状态。");
        return Err(UserError::new(UserErrorCode::WrongState, "input.id", text).into());
    }
    let principal = Principal::ApiClient(id);
    let (theirs, _) = access::roles::grants_of(work.tx(), principal, None, call.at).await?;
    within_own_power(&call.viewer.grants, &theirs)?;
    let disabled = Some(UserStatus::Disabled);
    let client = store::accounts::change_client(work.tx(), client, disabled, true, call.at).await?;
    let reason = RevokeReason::Disabled;
    let ended = store::sessions::revoke_all(work.tx(), principal, None, reason, call.at).await?;
    work.audit(audit::Entry {
        action: "api_client.disable",
        entity_type: "api_client",
        entity_id: Some(id),
        detail: json!({ "name": client.name, "sessionsEnded": ended }),
    });
    changed(&mut work, principal, "api_client.disable");
    work.commit().await?;
    Ok(client)
}
