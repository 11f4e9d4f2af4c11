//! What the actions share: bounds, rights, and what they leave behind.

use chrono::{DateTime, Utc};
use entity::{exam, exam_attempt};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, to_change};
use crate::audit;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::training::exams::rules::sitting::{Earlier, Terms};
use crate::training::exams::{ATTEMPT_CHANGED, EXAM_CHANGED, QUESTION_CHANGED};
use crate::work::Work;

/// The most characters of a question.
pub(super) const QUESTION: usize = 4_000;
/// The most characters of a title.
pub(super) const TITLE: usize = 200;
/// The most characters of a remark, reason or answer to an appeal.
pub(super) const BODY: usize = 2_000;

/// Which object takes a step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The object.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// A code: small Latin letters, digits, and `_`, `-`, `.` between them.
pub(super) fn code(checks: &mut Checks, field: &str, value: &str) -> String {
    let code = checks.text(field, value, 50);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let formed = code.chars().all(|c| plain(c) || "_-.".contains(c))
        && code.starts_with(plain)
        && code.ends_with(plain);
    checks.ensure(
        formed || code.is_empty(),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                "This has small letters, digits and `_`, `-`, `.` between them, such as `charging.safety`.",
                "由小写字母、数字及其间的 _ - . 组成，例如 charging.safety。",
            )
        },
    );
    code
}

/// A whole number between bounds.
pub(super) fn between(checks: &mut Checks, field: &str, value: i32, (least, most): (i32, i32)) {
    checks.ensure(
        (least..=most).contains(&value),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("This is a whole number from {least} to {most}."),
                format!("须为 {least} 到 {most} 的整数。"),
            )
        },
    );
}

/// The exam that is about to change, locked: the viewer runs it, or runs all.
///
/// # Errors
/// `NOT_FOUND` when the viewer can't see it; `FORBIDDEN` when it is only seen.
pub(super) async fn to_run(work: &Work<'_>, id: Uuid) -> Result<exam::Model> {
    let viewer = &work.call().viewer;
    to_change::<exam::Entity>(work.tx(), viewer, Permission::ExamManage, id).await
}

/// The refusal of a step that the present state doesn't allow.
pub(super) fn wrong_state(en: &'static str, zh: &'static str) -> UserError {
    UserError::new(UserErrorCode::WrongState, "", Text::new(en, zh))
}

/// Who acts as a member; whoever is none can't sit or mark.
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

/// What of an exam decides on sitting it.
#[must_use]
pub fn terms(exam: &exam::Model) -> Terms {
    Terms {
        state: exam.state,
        opens_at: exam.opens_at,
        closes_at: exam.closes_at,
        time_limit_minutes: exam.time_limit_minutes,
        attempts_allowed: exam.attempts_allowed,
        wait_hours: exam.wait_hours,
    }
}

/// What of an attempt decides on the next one.
#[must_use]
pub fn earlier(row: &exam_attempt::Model) -> Earlier {
    Earlier {
        state: row.state,
        deadline: row.deadline,
        handed_in_at: row.handed_in_at,
    }
}

/// Leaves an audit entry and an event. The detail never has questions, answers, keys or points: readers of the log aren't
/// those who may see them.
pub(super) fn trace(
    work: &mut Work<'_>,
    (entity_type, id): (&'static str, Uuid),
    action: &'static str,
    detail: Value,
) {
    work.audit(audit::Entry {
        action,
        entity_type,
        entity_id: Some(id),
        detail,
    });
    let kind = match entity_type {
        "exam_question" => QUESTION_CHANGED,
        "exam" => EXAM_CHANGED,
        _ => ATTEMPT_CHANGED,
    };
    let at: DateTime<Utc> = work.call().at;
    work.emit(Event::new(at, kind, id, json!({ "action": action })));
}
