//! What the actions share: the version that was seen, who acts, and what they leave behind.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::audit;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::incentives::honours::{HONOUR_CHANGED, RECOGNITION_CHANGED};
use crate::work::Work;

/// The most characters of a title.
pub(super) const TITLE: usize = 100;
/// The most characters of a citation, a message, a reason.
pub(super) const BODY: usize = 1_000;

/// What is changed, and as it was seen.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Which one.
    pub id: Uuid,
    /// The version that the caller saw.
    pub expected_version: i32,
}

/// The member who acts.
///
/// # Errors
/// A missing permission; a user error when the account is no member's.
pub(super) fn me(call: &Call, permission: Permission) -> Result<Uuid> {
    call.viewer.require(permission)?;
    call.viewer.standing.member_id.ok_or_else(|| {
        let text = Text::new(
            "Your account is no member's: only members take part here.",
            "您的账号未关联成员，仅成员可参与。",
        );
        UserError::new(UserErrorCode::RuleViolated, "", text).into()
    })
}

fn told(
    work: &mut Work<'_>,
    (event, entity_type): (&str, &'static str),
    id: Uuid,
    action: &'static str,
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

/// Leaves an audit entry and an event about an honour.
pub(super) fn of_honour(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    told(work, (HONOUR_CHANGED, "honour"), id, action, detail);
}

/// The same about a recognition.
pub(super) fn of_recognition(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    let what = (RECOGNITION_CHANGED, "recognition");
    told(work, what, id, action, detail);
}
