//! What the actions share: the version that was seen, who decides, and what they leave behind.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Call;
use crate::audit;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::Work;

/// The most characters of a reason, a question, an answer.
pub const BODY: usize = 2_000;

/// What is changed, and as it was seen.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Which one.
    pub id: Uuid,
    /// The version that the caller saw.
    pub expected_version: i32,
}

/// The account of whoever acts; the nil id for the server itself.
pub(super) fn actor(call: &Call) -> Uuid {
    call.viewer.actor.id.unwrap_or(Uuid::nil())
}

/// Refuses to decide about what one made.
///
/// # Errors
/// A user error when it is the same person.
pub(super) fn by_another(call: &Call, maker: Uuid) -> Result<()> {
    if actor(call) != maker {
        return Ok(());
    }
    let text = Text::new(
        "Somebody else has to decide about what you made.",
        "须由他人审批您提交的内容。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}

/// Refuses to withdraw what somebody else made.
///
/// # Errors
/// A user error when it is somebody else's.
pub(super) fn by_oneself(call: &Call, maker: Uuid) -> Result<()> {
    if actor(call) == maker {
        return Ok(());
    }
    let text = Text::new(
        "Only whoever proposed it can withdraw it.",
        "仅提出人可以撤回。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}

/// Refuses to decide about what concerns oneself.
///
/// # Errors
/// A user error when it does.
pub(super) fn never_oneself(call: &Call, field: &str, member: Uuid) -> Result<()> {
    if call.viewer.standing.member_id != Some(member) {
        return Ok(());
    }
    let text = Text::new("Nobody decides about themselves.", "不能对本人作出决定。");
    Err(UserError::new(UserErrorCode::RuleViolated, field, text).into())
}

/// A refusal because it isn't in a state for that.
pub(super) fn wrong_state(en: &'static str, zh: &'static str) -> crate::error::Error {
    UserError::new(UserErrorCode::WrongState, "input.id", Text::new(en, zh)).into()
}

/// Leaves an audit entry and an event.
pub(super) fn told(
    work: &mut Work<'_>,
    (action, event): (&'static str, &'static str),
    (entity_type, id): (&'static str, Uuid),
    detail: Value,
) {
    work.audit(audit::Entry {
        action,
        entity_type,
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, event, id, payload));
}
