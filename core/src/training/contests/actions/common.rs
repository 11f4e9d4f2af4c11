//! What the actions share: bounds, rights, and what they leave behind.

use entity::contest;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, to_change};
use crate::audit;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::training::contests::CONTEST_CHANGED;
use crate::work::{Work, expect_version};

/// The most characters of a title or a name.
pub(super) const TITLE: usize = 200;
/// The most characters of a description, a reason or a comment.
pub(super) const BODY: usize = 2_000;

/// Which object takes a step, as it was seen.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The object.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// The contest that is about to change, locked and as it was seen: the viewer runs it, or runs all.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
pub(super) async fn to_run(work: &Work<'_>, seen: Seen) -> Result<contest::Model> {
    let viewer = &work.call().viewer;
    let row =
        to_change::<contest::Entity>(work.tx(), viewer, Permission::ContestManage, seen.id).await?;
    expect_version(row.version, seen.expected_version)?;
    Ok(row)
}

/// The refusal of a step that the present state doesn't allow.
pub(super) fn wrong_state(field: &str, en: &'static str, zh: &'static str) -> UserError {
    UserError::new(UserErrorCode::WrongState, field, Text::new(en, zh))
}

/// Who acts as a member; whoever is none can't enter or judge.
pub(super) fn me(call: &Call) -> Result<Uuid> {
    let member = call.viewer.standing.member_id;
    Ok(member.ok_or_else(|| {
        UserError::new(
            UserErrorCode::RuleViolated,
            "",
            Text::new(
                "Only members of the organisation do this; your account isn't one's.",
                "只有组织成员可以进行此操作，您的账号未关联成员。",
            ),
        )
    })?)
}

/// Leaves an audit entry and an event about a contest. Neither has scores or ranks before all may know them.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "contest",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, CONTEST_CHANGED, id, payload));
}
