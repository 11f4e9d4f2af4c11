//! What the actions share: the right to a cycle, its stage, its days, and what they leave behind.

use entity::appraisal_cycle;
use entity::enums::AppraisalStage;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Permission, to_change};
use crate::appraisals::CYCLE_CHANGED;
use crate::appraisals::actions::common::{Step, wrong_stage};
use crate::appraisals::rules::stages;
use crate::audit;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::{Work, expect_version};

/// The cycle that is about to change, locked, and as it was seen.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
pub(super) async fn to_run(work: &Work<'_>, step: Step) -> Result<appraisal_cycle::Model> {
    let (viewer, permission) = (&work.call().viewer, Permission::AppraisalManage);
    let row = to_change::<appraisal_cycle::Entity>(work.tx(), viewer, permission, step.id).await?;
    expect_version(row.version, step.expected_version)?;
    Ok(row)
}

/// The stage that a step leads to.
///
/// # Errors
/// A user error when it can't be taken from where the cycle is.
pub(super) fn after(row: &appraisal_cycle::Model, step: stages::Step) -> Result<AppraisalStage> {
    Ok(stages::step(row.stage, step).ok_or_else(|| wrong_stage(row.stage))?)
}

/// A refusal by a rule.
pub(super) fn refused(field: &str, text: Text) -> UserError {
    UserError::new(UserErrorCode::RuleViolated, field, text)
}

/// Leaves an audit entry and an event about a cycle.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "appraisal_cycle",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, CYCLE_CHANGED, id, payload));
}
