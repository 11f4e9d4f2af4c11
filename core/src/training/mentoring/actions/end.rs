//! Ending a pair (结束结对).

use chrono::NaiveDate;
use entity::enums::{MentoringResult, MentoringState};
use entity::mentoring;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, to_work, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::training::mentoring::store;
use crate::work::Work;

/// A pair that ends.
#[derive(Clone, Debug)]
pub struct PairEnd {
    /// The pair.
    pub step: Step,
    /// The first day on which it no longer holds.
    pub ended_on: NaiveDate,
    /// How it ended.
    pub result: MentoringResult,
    /// What is said about it.
    pub note: String,
}

/// Ends a pair with its result and returns its id. Neither of the two decides on their own result.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn pair_end(app: &App, call: &Call, input: &PairEnd) -> Result<Uuid> {
    call.viewer.require(Permission::MentoringManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_work(&work, Permission::MentoringManage, input.step).await?;
    let mut checks = Checks::default();
    let me = call.viewer.standing.member_id;
    checks.ensure(
        me != Some(before.newcomer_id) && me != Some(before.mentor_id),
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Somebody else than mentor and newcomer says how a pair ended.",
                "带教结果须由师徒以外的人确认。",
            )
        },
    );
    checks.ensure(
        input.ended_on > before.started_on && input.ended_on <= today(call),
        UserErrorCode::Invalid,
        "input.endedOn",
        || {
            Text::new(
                "A pair ends after its first day, today at the latest.",
                "结束日期须晚于开始日期，且不晚于今天。",
            )
        },
    );
    let note = checks.body("input.note", &input.note, BODY);
    checks.done()?;
    let id = before.id;
    let row = mentoring::Model {
        state: MentoringState::Ended,
        ended_on: Some(input.ended_on),
        result: Some(input.result),
        result_note: Some(note),
        ..before
    };
    let detail = json!({ "endedOn": row.ended_on, "result": row.result });
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "training.mentoring.end", detail);
    work.commit().await?;
    Ok(id)
}
