//! Replacing an API client's secret, with a time in which both count.

use chrono::TimeDelta;
use entity::enums::RevokeReason;
use serde_json::json;
use uuid::Uuid;

use super::api_client_create::{ApiClientSecret, add_secret};
use super::{changed, lock};
use crate::access::{self, Call, Permission, Principal};
use crate::app::App;
use crate::audit;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::identity::rules::within_own_power;
use crate::identity::store;
use crate::work::{Work, expect_version};

/// The longest time in which an old and a new secret both count, in hours.
const LONGEST_OVERLAP: i64 = 24 * 30;

/// Makes a new secret; the old ones count for `overlap_hours` more. Without an overlap, as after a leak, the client's
/// sessions end too.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; a user error for the overlap; `FORBIDDEN` for a client that may do more than the one that asks.
pub async fn api_client_secret_rotate(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
    overlap_hours: i64,
) -> Result<ApiClientSecret> {
    call.viewer.require(Permission::UserManage)?;
    if !(0..=LONGEST_OVERLAP).contains(&overlap_hours) {
        let text = Text::new(
            format!("The overlap is between 0 and {LONGEST_OVERLAP} hours."),
            format!("重叠时间须在 0 至 {LONGEST_OVERLAP} 小时之间。"),
        );
        let field = "input.overlapHours";
        return Err(UserError::new(UserErrorCode::Invalid, field, text).into());
    }
    let mut work = Work::begin(&app.db, call).await?;
    lock(&work).await?;
    let client = store::accounts::managed_client(work.tx(), &call.viewer, id).await?;
    expect_version(client.version, expected_version)?;
    let principal = Principal::ApiClient(id);
    let (theirs, _) = access::roles::grants_of(work.tx(), principal, None, call.at).await?;
    within_own_power(&call.viewer.grants, &theirs)?;
    let at_once = overlap_hours == 0;
    let end = call.at + TimeDelta::hours(overlap_hours);
    store::secrets::end_all(work.tx(), id, call.at, end).await?;
    if at_once {
        // There is no reason for a leaked secret; of those there are, this is the nearest.
        let reason = RevokeReason::PasswordChanged;
        store::sessions::revoke_all(work.tx(), principal, None, reason, call.at).await?;
    }
    let client = store::accounts::change_client(work.tx(), client, None, at_once, call.at).await?;
    let secret = add_secret(&work, id).await?;
    work.audit(audit::Entry {
        action: "api_client.secret_rotate",
        entity_type: "api_client",
        entity_id: Some(id),
        detail: json!({ "name": client.name, "oldSecretsEnd": end }),
    });
    changed(&mut work, principal, "api_client.secret_rotate");
    work.commit().await?;
    Ok(ApiClientSecret {
        client,
        secret: Some(secret),
        old_secrets_end: Some(end),
    })
}
