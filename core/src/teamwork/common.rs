//! What the actions of all rooms share.

use entity::enums::ActorKind;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Actor, Call, Permission, Viewer};
use crate::audit;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::Work;

/// The most characters of a title.
pub(super) const TITLE: usize = 200;
/// The most characters of a text.
pub(super) const BODY: usize = 8_000;
/// The most characters of a remark.
pub(super) const NOTE: usize = 2_000;
/// The most characters of a place.
pub(super) const PLACE: usize = 200;

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

/// The same call by somebody unnamed, for what the log must not lead back to whoever did it.
pub(super) fn unnamed(call: &Call) -> Call {
    let actor = Actor {
        kind: ActorKind::System,
        id: None,
        name: "unnamed".to_owned(),
    };
    Call {
        viewer: Viewer {
            actor,
            session_id: None,
            ..call.viewer.clone()
        },
        request_id: "unnamed".to_owned(),
        address: None,
        ..call.clone()
    }
}

/// The mistake that something isn't in the state for it.
pub(super) fn wrong_state(field: &str, en: &'static str, zh: &'static str) -> UserError {
    UserError::new(UserErrorCode::WrongState, field, Text::new(en, zh))
}

/// A link that a browser opens.
pub(super) fn link(checks: &mut Checks, field: &str, value: Option<&str>) -> Option<String> {
    let link = checks.optional_text(field, value, 1_000)?;
    let opens = link.starts_with("https://") || link.starts_with("http://");
    checks.ensure(
        opens && !link.contains(' '),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                "This is no link such as https://example.com/meeting.",
                "链接格式不正确，例如 https://example.com/meeting。",
            )
        },
    );
    Some(link)
}

/// Leaves an audit entry and an event.
pub(super) fn trace(
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
