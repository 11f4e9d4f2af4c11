//! Taking an honour back (撤销荣誉).

use entity::honour;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, of_honour};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::incentives::honours::store;
use crate::organisation::today;
use crate::work::{Work, expect_version};

/// An honour to take back.
#[derive(Clone, Debug)]
pub struct Revoke {
    /// Which one.
    pub step: Step,
    /// Why.
    pub reason: String,
}

/// Takes an honour of a member within reach back for good, wherever it came from, and returns its id.
///
/// # Errors
/// User errors about the reason, and when that was done already; refusals of permission, reach and version.
pub async fn revoke(app: &App, call: &Call, input: &Revoke) -> Result<Uuid> {
    let permission = Permission::HonourConfer;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = input.step.id;
    let before = to_change::<honour::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(before.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    // What the server has revoked comes back with what it came from, unless somebody revokes it as well.
    checks.ensure(
        before.revoked_on.is_none() || before.revoked_by.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("This honour was revoked already.", "该荣誉已撤销。"),
    );
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let row = honour::Model {
        revoked_on: Some(today(call)),
        revoke_reason: Some(reason),
        revoked_by: Some(call.viewer.actor.id.unwrap_or_default()),
        revoked_by_name: Some(call.viewer.actor.name.clone()),
        ..before
    };
    let detail = json!({ "member": row.member_id, "reason": row.revoke_reason });
    store::save(work.tx(), row, call.at).await?;
    of_honour(&mut work, id, "incentive.honour.revoke", detail);
    work.commit().await?;
    Ok(id)
}
