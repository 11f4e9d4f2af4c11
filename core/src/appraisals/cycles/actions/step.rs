//! The plain steps of a cycle: reviews begin, results are counted, it is reopened or called off (推进、重开、取消考核).

use entity::appraisal_cycle;
use serde_json::json;
use uuid::Uuid;

use super::common::{after, refused, to_run, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step};
use crate::appraisals::consequences::facts::announce;
use crate::appraisals::cycles::store;
use crate::appraisals::rules::stages;
use crate::check::Checks;
use crate::error::{Result, Text};
use crate::organisation::today;
use crate::work::Work;

/// Ends the self-assessments and begins the reviews of a cycle; returns its id.
///
/// # Errors
/// Refusals of permission, reach, stage and version.
pub async fn cycle_review(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, step).await?;
    let stage = after(&before, stages::Step::Review)?;
    let row = appraisal_cycle::Model { stage, ..before };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, step.id, "appraisal.cycle.review", json!({}));
    work.commit().await?;
    Ok(step.id)
}

/// Ends the reviews of a cycle and lets the server freeze the figures and compute the results; returns its id.
///
/// # Errors
/// A user error while the period isn't over; refusals of permission, reach, stage and version.
pub async fn cycle_count(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, step).await?;
    let stage = after(&before, stages::Step::Count)?;
    if today(call) < before.until_day {
        let text = Text::new(
            format!(
                "The period isn't over before {}: its figures would be frozen too early.",
                before.until_day
            ),
            format!("考核期至 {} 方结束，尚不能结算。", before.until_day),
        );
        return Err(refused("input.id", text).into());
    }
    let row = appraisal_cycle::Model { stage, ..before };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, step.id, "appraisal.cycle.count", json!({}));
    work.commit().await?;
    Ok(step.id)
}

/// Takes a published or closed cycle back to calibration with a reason, and returns its id. Results stay until others are made.
///
/// # Errors
/// User errors about the reason; refusals of permission, reach, stage and version.
pub async fn cycle_reopen(app: &App, call: &Call, step: Step, reason: &str) -> Result<Uuid> {
    back(
        app,
        call,
        step,
        (stages::Step::Reopen, reason),
        "appraisal.cycle.reopen",
    )
    .await
}

/// Calls a cycle off with a reason, and returns its id. What was said stays with those who could see it.
///
/// # Errors
/// User errors about the reason; refusals of permission, reach, stage and version.
pub async fn cycle_cancel(app: &App, call: &Call, step: Step, reason: &str) -> Result<Uuid> {
    back(
        app,
        call,
        step,
        (stages::Step::Cancel, reason),
        "appraisal.cycle.cancel",
    )
    .await
}

async fn back(
    app: &App,
    call: &Call,
    step: Step,
    (taken, reason): (stages::Step, &str),
    action: &'static str,
) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, step).await?;
    let stage = after(&before, taken)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, BODY);
    checks.done()?;
    let was_out = stages::is_out(before.stage);
    let detail = json!({ "from": before.stage, "reason": reason });
    let row = appraisal_cycle::Model {
        stage,
        reason: Some(reason),
        closed_at: None,
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, step.id, action, detail);
    if was_out {
        announce(&mut work, step.id).await?;
    }
    work.commit().await?;
    Ok(step.id)
}
