//! Granting or refusing leave (审批请假).

use entity::enums::LeaveState;
use entity::{leave, member};
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, leave_trace};
use super::leave_request::overlap;
use crate::access::{Call, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::workforce::rules::leave::{Action, Refusal, in_the_way, permission, step};
use crate::organisation::workforce::store::{leaves_of, save};
use crate::work::{Work, expect_version};

/// Which leave is decided and how.
#[derive(Clone, Debug)]
pub struct LeaveDecide {
    /// The leave.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Granted, or refused?
    pub approve: bool,
    /// In the words of who decides; needed for a refusal.
    pub note: Option<String>,
}

/// Decides about leave and returns its id.
///
/// # Errors
/// User errors when it can't be decided so; refusals of permission, reach and version.
pub async fn leave_decide(app: &App, call: &Call, input: &LeaveDecide) -> Result<Uuid> {
    let action = if input.approve {
        Action::Approve
    } else {
        Action::Reject
    };
    let permission = permission(action);
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_change::<leave::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    to_change::<member::Entity>(work.tx(), &call.viewer, permission, seen.member_id).await?;
    expect_version(seen.version, input.expected_version)?;
    let step = step(&seen, action, call.viewer.standing.member_id, call.at).map_err(refused)?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    checks.ensure(
        input.approve || note.is_some(),
        UserErrorCode::Blank,
        "input.note",
        || Text::new("Say why it is refused.", "驳回时请说明原因。"),
    );
    if step.to == LeaveState::Approved {
        let others = leaves_of(work.tx(), seen.member_id, seen.starts_at).await?;
        let granted = [LeaveState::Approved];
        if let Some(other) = in_the_way(seen.starts_at, seen.ends_at, &granted, &others) {
            checks.add(UserErrorCode::RuleViolated, "input.id", overlap(other));
        }
    }
    checks.done()?;
    let mut row = seen;
    row.state = step.to;
    row.decided_by = call.viewer.actor.id;
    row.decided_by_name = Some(call.viewer.actor.name.clone());
    row.decided_at = Some(call.at);
    row.decision_note = note;
    let row = save(work.tx(), row, call.at).await?;
    let detail = json!({
        "leave": row.id,
        "from": row.starts_at,
        "to": row.ends_at,
        "state": row.state,
    });
    leave_trace(&mut work, row.member_id, "leave.decide", detail);
    work.commit().await?;
    Ok(row.id)
}

/// Why something can't be done with leave, for people.
pub(super) fn refused(refusal: Refusal) -> UserError {
    let (code, text) = match refusal {
        Refusal::Own => (
            UserErrorCode::RuleViolated,
            Text::new(
                "Nobody decides about their own leave: ask somebody else who may.",
                "不能审批本人的请假，请由其他有权限的人审批。",
            ),
        ),
        Refusal::Over => (
            UserErrorCode::WrongState,
            Text::new("This leave is over.", "该请假已结束。"),
        ),
        Refusal::State(state) => {
            let (en, zh) = match state {
                LeaveState::Requested => ("still waits for a decision", "仍待审批"),
                LeaveState::Approved => ("is granted already", "已获批准"),
                LeaveState::Rejected => ("was refused: ask anew", "已被驳回，请重新申请"),
                LeaveState::Cancelled => ("was taken back: ask anew", "已撤销，请重新申请"),
            };
            (
                UserErrorCode::WrongState,
                Text::new(format!("This leave {en}."), format!("该请假{zh}。")),
            )
        }
    };
    UserError::new(code, "input.id", text)
}
