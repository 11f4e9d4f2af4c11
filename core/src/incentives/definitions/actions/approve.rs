//! Agreeing to a version, or sending it back (批准、退回规则版本).

use entity::incentive_rule_version;
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, Step, led, look_over, seen, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::error::Result;
use crate::incentives::definitions::{content_of, store};
use crate::incentives::rules::life::Action;
use crate::work::Work;

/// What somebody else says about a version.
#[derive(Clone, Debug)]
pub struct Judge {
    /// The version.
    pub step: Step,
    /// Why: needed for sending it back, and for approving what was never simulated.
    pub reason: Option<String>,
}

/// Agrees to a version that others wrote and returns its rule's id.
///
/// # Errors
/// User errors when the viewer wrote in it, when it was never simulated and no reason is given, when a fact that it names is gone,
/// and in another state; refusals of permission, reach and version.
pub async fn version_approve(app: &App, call: &Call, input: &Judge) -> Result<Uuid> {
    let permission = Permission::IncentiveRuleApprove;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (rule, before) = seen(&work, permission, input.step).await?;
    let reason = reason(input)?;
    let state = led(&work, &before, Action::Approve, reason.as_deref(), None).await?;
    let mut checks = Checks::default();
    look_over(&work, app, &mut checks, &content_of(&before)?).await?;
    checks.done()?;
    let detail = json!({
        "number": before.number, "reason": reason, "simulated": before.simulated_at.is_some(),
    });
    let row = incentive_rule_version::Model {
        state,
        approved_at: Some(call.at),
        approved_by_name: Some(call.viewer.actor.name.clone()),
        reason,
        ..before
    };
    let id = rule.id;
    store::save(work.tx(), row, call.at).await?;
    store::save(work.tx(), rule, call.at).await?;
    trace(&mut work, id, "incentive.rule.approve", detail);
    work.commit().await?;
    Ok(id)
}

/// Sends a version back to be written anew and returns its rule's id.
///
/// # Errors
/// User errors without a reason, and in another state; refusals of permission, reach and version.
pub async fn version_reject(app: &App, call: &Call, input: &Judge) -> Result<Uuid> {
    let permission = Permission::IncentiveRuleApprove;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (rule, before) = seen(&work, permission, input.step).await?;
    let reason = reason(input)?;
    let state = led(&work, &before, Action::Reject, reason.as_deref(), None).await?;
    let detail = json!({ "number": before.number, "reason": reason });
    let row = incentive_rule_version::Model {
        state,
        approved_at: None,
        approved_by_name: None,
        reason,
        ..before
    };
    let id = rule.id;
    store::save(work.tx(), row, call.at).await?;
    store::save(work.tx(), rule, call.at).await?;
    trace(&mut work, id, "incentive.rule.reject", detail);
    work.commit().await?;
    Ok(id)
}

fn reason(input: &Judge) -> Result<Option<String>> {
    let mut checks = Checks::default();
    let reason = checks.optional_body("input.reason", input.reason.as_deref(), NOTE);
    checks.done()?;
    Ok(reason)
}
