//! What the actions of all rooms of appraisals share: the right to a row, the stage, a further result, what they leave behind.

use entity::enums::{AppraisalResultCause, AppraisalStage};
use entity::{appraisal, appraisal_cycle, appraisal_result};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, to_change};
use crate::appraisals::rules::scoring::Outcome;
use crate::appraisals::rules::stages::{Deed, allows, makes_good};
use crate::appraisals::{APPRAISAL_CHANGED, store};
use crate::audit;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::Work;

/// The most characters of a comment, grounds, a reason.
pub const BODY: usize = 4_000;
/// The most characters of a name or title.
pub const TITLE: usize = 200;

/// Which object takes a step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The object.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// An appraisal that is about to change, locked, with its cycle, which is held: within the viewer's reach, and in a stage that
/// allows it, or lets what keeps the result from being computed be made good.
///
/// # Errors
/// `NOT_FOUND` when the viewer can't see it, `FORBIDDEN` when it is only seen; a user error about the stage.
pub async fn to_work_on(
    work: &Work<'_>,
    permission: Permission,
    id: Uuid,
    deed: Deed,
) -> Result<(appraisal::Model, appraisal_cycle::Model)> {
    let viewer = &work.call().viewer;
    let row = to_change::<appraisal::Entity>(work.tx(), viewer, permission, id).await?;
    let cycle = store::cycle_of(work.tx(), &row).await?;
    let late = row.blocked.is_some() && makes_good(cycle.stage, deed);
    if !late && !allows(cycle.stage, deed) {
        return Err(wrong_stage(cycle.stage).into());
    }
    Ok((row, cycle))
}

/// The refusal of what the stage of the cycle doesn't allow.
pub fn wrong_stage(stage: AppraisalStage) -> UserError {
    wrong_stage_of("input.id", stage)
}

/// The same where the input names the cycle or the appraisal otherwise.
pub fn wrong_stage_of(field: &str, stage: AppraisalStage) -> UserError {
    let stage = json!(stage).as_str().unwrap_or_default().to_uppercase();
    let text = Text::new(
        format!(
            "The cycle is at {stage}, and this belongs to another stage; `appraisalCycle {{ stage calendar {{ reviewUntil publishOn appealUntil }} }}` tells when it goes on."
        ),
        format!(
            "当前考核阶段为 {stage}，不能进行此操作；各阶段日期请查看 appraisalCycle {{ stage calendar {{ reviewUntil publishOn appealUntil }} }}。"
        ),
    );
    UserError::new(UserErrorCode::WrongState, field, text)
}

/// Refuses whoever isn't the member that the appraisal is about.
///
/// # Errors
/// A user error.
pub fn only_the_member(call: &Call, row: &appraisal::Model) -> Result<()> {
    if call.viewer.standing.member_id == Some(row.member_id) {
        return Ok(());
    }
    let text = Text::new(
        "Only the member that it is about does this.",
        "仅被考核人本人可以操作。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}

/// Refuses whoever isn't the reviewer.
///
/// # Errors
/// A user error.
pub fn only_the_reviewer(call: &Call, row: &appraisal::Model) -> Result<()> {
    let me = call.viewer.standing.member_id;
    if me.is_some() && me == row.reviewer_id && me != Some(row.member_id) {
        return Ok(());
    }
    let text = Text::new(
        "Only the reviewer judges; whoever runs the cycle can name another one.",
        "仅评价人可以评价；可由考核组织者更换评价人。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}

/// Refuses the member that the appraisal is about, whatever they may otherwise do.
///
/// # Errors
/// A user error.
pub fn never_oneself(call: &Call, row: &appraisal::Model) -> Result<()> {
    if call.viewer.standing.member_id != Some(row.member_id) {
        return Ok(());
    }
    let text = Text::new(
        "Nobody does this about themselves; ask a colleague who may.",
        "不能对本人进行此操作，请由其他有权限的同事处理。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}

/// Writes a further result of a locked appraisal, which holds from now on, and returns the appraisal as it is then.
///
/// # Errors
/// When the database fails.
pub async fn put_result(
    work: &mut Work<'_>,
    row: appraisal::Model,
    outcome: &Outcome,
    (cause, reason): (AppraisalResultCause, Option<String>),
) -> Result<appraisal::Model> {
    let call = work.call();
    let result = appraisal_result::Model {
        id: new_id(call.at),
        appraisal_id: row.id,
        number: row.result + 1,
        cause,
        score: outcome.score.0,
        band: outcome.band.clone(),
        outcome: serde_json::to_value(outcome)?,
        reason,
        made_by: call.viewer.actor.id,
        made_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
        acknowledged_at: None,
        acknowledgement: None,
    };
    let row = appraisal::Model {
        result: result.number,
        score: Some(result.score),
        band: Some(result.band.clone()),
        blocked: None,
        // Whoever took note of the result before hasn't of this one.
        acknowledged_at: None,
        acknowledgement: None,
        ..row
    };
    store::insert(work.tx(), result).await?;
    let row = store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "number": row.result, "cause": cause });
    trace(work, row.id, "appraisal.result", detail);
    Ok(row)
}

/// Leaves an audit entry and an event about an appraisal. Neither says what was judged: both are read by others.
pub fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "appraisal",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, APPRAISAL_CHANGED, id, payload));
}
