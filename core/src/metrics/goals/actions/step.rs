//! Pursuing a goal, and giving it up (启用、取消目标).

use entity::enums::GoalState;
use entity::goal;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, measured, timed, to_set, trace};
use super::update::ended;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::metrics::goals::rules::life::{Step, next};
use crate::metrics::goals::store;
use crate::work::{Work, expect_version};

/// Which goal takes a step.
#[derive(Clone, Copy, Debug)]
pub struct GoalStep {
    /// The goal.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// Begins to pursue a draft, and returns its id.
///
/// # Errors
/// User errors when it is no draft, its deadline has passed or its metric is gone; refusals of permission, reach, version.
pub async fn goal_activate(app: &App, call: &Call, step: GoalStep) -> Result<Uuid> {
    call.viewer.require(Permission::GoalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_set(&work, step.id).await?;
    expect_version(before.version, step.expected_version)?;
    let Some(state) = next(before.state, Step::Activate) else {
        let refusal = match before.state {
            GoalState::Active => UserError::new(
                UserErrorCode::WrongState,
                "",
                Text::new("This goal is pursued already.", "该目标已启用。"),
            ),
            _ => ended(),
        };
        return Err(refusal.into());
    };
    let mut checks = Checks::default();
    timed(&mut checks, &work, before.from_day, before.until_day);
    measured(&work, &mut checks, &app.counter.sources, &before.metric_key).await?;
    checks.done()?;
    let after = goal::Model {
        state,
        activated_at: Some(call.at),
        ..before
    };
    store::save(work.tx(), after, call.at).await?;
    trace(&mut work, step.id, "goal.activate", json!({}));
    work.commit().await?;
    Ok(step.id)
}

/// Gives a goal up, and returns its id.
///
/// # Errors
/// User errors when it has ended or no reason is given; refusals of permission, reach and version.
pub async fn goal_cancel(app: &App, call: &Call, step: GoalStep, reason: &str) -> Result<Uuid> {
    call.viewer.require(Permission::GoalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_set(&work, step.id).await?;
    expect_version(before.version, step.expected_version)?;
    let state = next(before.state, Step::Cancel).ok_or_else(ended)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, BODY);
    checks.done()?;
    let after = goal::Model {
        state,
        reason: Some(reason.clone()),
        closed_at: Some(call.at),
        off_course_since: None,
        ..before
    };
    store::save(work.tx(), after, call.at).await?;
    trace(
        &mut work,
        step.id,
        "goal.cancel",
        json!({ "reason": reason }),
    );
    work.commit().await?;
    Ok(step.id)
}
