//! Approving a run or sending it back, by another than who ran it (审批).

use chrono::NaiveDate;
use entity::enums::IncentiveRunState;
use entity::incentive_run;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, actor, by_another, told, wrong_state};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::store::holding;
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::{RUN_CHANGED, store, work};
use crate::work::{Work, expect_version};

/// Approves a run that waits for it, and returns its id; its awards are booked by the server itself soon after.
///
/// # Errors
/// User errors for whoever ran it, when it isn't waiting, while an earlier period waits, and when rules, earlier periods or budgets have
/// changed since; refusals of permission and version.
pub async fn approve(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    let (work, row) = to_decide(app, call, step).await?;
    still_holds(&work, &row).await?;
    decided(work, row, IncentiveRunState::Approved, None).await
}

/// Sends a run back with a reason, and returns its id: it may be run again.
///
/// # Errors
/// Like [`approve`]; a user error without a reason.
pub async fn reject(app: &App, call: &Call, step: Step, reason: &str) -> Result<Uuid> {
    let (work, row) = to_decide(app, call, step).await?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, BODY);
    checks.done()?;
    decided(work, row, IncentiveRunState::Rejected, Some(reason)).await
}

async fn to_decide<'c>(
    app: &App,
    call: &'c Call,
    step: Step,
) -> Result<(Work<'c>, incentive_run::Model)> {
    let permission = Permission::IncentiveApprove;
    call.viewer.require(permission)?;
    let work = Work::begin(&app.db, call).await?;
    // Rules that change at the same time, or the decision about another period: the second one waits here.
    work.next("incentive_runs").await?;
    let row =
        to_change::<incentive_run::Entity>(work.tx(), &call.viewer, permission, step.id).await?;
    expect_version(row.version, step.expected_version)?;
    if row.state != IncentiveRunState::Calculated {
        return Err(wrong_state(
            "This run doesn't wait for approval.",
            "该批次不在待审批状态。",
        ));
    }
    by_another(call, row.started_by)?;
    Ok((work, row))
}

/// Is it what would be worked out now: after all earlier periods, by the rules of its first day, with the late payments that nobody else
/// has and what is left of budgets?
async fn still_holds(work: &Work<'_>, row: &incentive_run::Model) -> Result<()> {
    let decided = store::approved_until(work.tx(), row.period).await?;
    comes_next(work, row, decided).await?;
    let rules = holding(work.tx(), row.period, row.from_day).await?;
    let versions: Vec<Uuid> = rules.iter().map(|version| version.id).collect();
    if keys::rule_set(&versions) != row.rule_set {
        return Err(wrong_state(
            "Rules of this period have changed since: send the run back and run it again.",
            "规则已变更，请退回并重新计算。",
        ));
    }
    let late = work::late_now(work.tx(), row).await?;
    if decided.is_some_and(|until| row.from_day < until) || late != work::late_of(row)? {
        return Err(wrong_state(
            "Other periods of that kind were decided since: send the run back and run it again.",
            "其间同类的其他周期已有审批，请退回并重新计算。",
        ));
    }
    if !work::spent_as_noted(work.tx(), row, &rules).await? {
        return Err(wrong_state(
            "What is left of a budget has changed since: send the run back and run it again.",
            "预算余额在计算后有变化，请退回并重新计算。",
        ));
    }
    Ok(())
}

/// Refuses a period while an earlier one of its kind, after the last one that is approved, was begun and isn't approved: it couldn't be
/// afterwards. Locked, nothing is given for it any more.
async fn comes_next(
    work: &Work<'_>,
    row: &incentive_run::Model,
    decided: Option<NaiveDate>,
) -> Result<()> {
    let open = store::open_from(work.tx()).await?;
    let days = (decided, row.from_day);
    let Some(first) = store::first_begun(work.tx(), row.period, days, open).await? else {
        return Ok(());
    };
    let text = Text::new(
        format!(
            "The period from {first} comes first, and its run isn't approved: approve it. If it was sent back or failed, run it again; if \
             nothing is to be given for it, lock its months."
        ),
        format!(
            "须先处理 {first} 起的周期，其计算批次尚未批准：请先批准；已退回或失败的请重新计算；不再发放的请将其月结锁定。"
        ),
    );
    Err(UserError::new(UserErrorCode::WrongState, "input.id", text).into())
}

async fn decided(
    mut work: Work<'_>,
    row: incentive_run::Model,
    state: IncentiveRunState,
    reason: Option<String>,
) -> Result<Uuid> {
    let call = work.call();
    let id = row.id;
    let action = if state == IncentiveRunState::Approved {
        "incentive.run.approve"
    } else {
        "incentive.run.reject"
    };
    let detail = json!({ "reason": reason });
    let row = incentive_run::Model {
        state,
        decided_by: Some(actor(call)),
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        reason,
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    told(
        &mut work,
        (action, RUN_CHANGED),
        ("incentive_run", id),
        detail,
    );
    work.commit().await?;
    Ok(id)
}

/// Takes back the share of booked awards whose money was refunded since, and says how many entries that took.
///
/// # Errors
/// Refusals of permission; when the database fails.
pub async fn claw_back(app: &App, call: &Call) -> Result<usize> {
    call.viewer.require(Permission::IncentiveRun)?;
    work::claw_back(&app.db, call).await
}
