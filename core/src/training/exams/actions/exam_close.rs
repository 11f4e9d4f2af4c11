//! Closing an exam: nobody sits it any more (结束考试).

use entity::enums::ExamHandIn;
use entity::exam;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, to_run, trace, wrong_state};
use super::finish;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::error::Result;
use crate::training::exams::rules::life::{ExamStep, exam as becomes};
use crate::training::exams::store;
use crate::work::{Work, expect_version};

/// Closes an exam before its window is over, hands in what runs, and returns its id.
///
/// # Errors
/// User errors when it isn't on or no reason is given; refusals of permission, reach and version.
pub async fn exam_close(app: &App, call: &Call, step: Step, reason: &str) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_run(&work, step.id).await?;
    expect_version(seen.version, step.expected_version)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, BODY);
    checks.done()?;
    close(&mut work, seen, json!({ "reason": reason })).await?;
    work.commit().await?;
    Ok(step.id)
}

/// Closes a locked exam: first the exam, so that what is handed in now is published as that of a closed one.
///
/// # Errors
/// A user error when it isn't on.
pub(super) async fn close(
    work: &mut Work<'_>,
    seen: exam::Model,
    detail: serde_json::Value,
) -> Result<()> {
    let at = work.call().at;
    let state = becomes(seen.state, ExamStep::Close).ok_or_else(|| {
        wrong_state(
            "Only an exam that is on can be closed.",
            "只有进行中的考试可以结束。",
        )
    })?;
    let id = seen.id;
    let row = exam::Model {
        state,
        closed_at: Some(at),
        ..seen
    };
    store::save(work.tx(), row, at).await?;
    trace(work, ("exam", id), "exam.close", detail);
    for attempt in store::closing(work.tx(), id).await? {
        let attempt = store::attempt_locked(work.tx(), attempt).await?;
        if attempt.state == entity::enums::ExamAttemptState::InProgress {
            finish::hand_in(work, attempt, ExamHandIn::Closing).await?;
        }
    }
    Ok(())
}
