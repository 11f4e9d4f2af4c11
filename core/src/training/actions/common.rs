//! What the actions share: bounds, and what they leave behind.

use entity::{training_enrolment, training_hour, training_session};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Call;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::training::rules::ledger::{Booked, Booking, settle};
use crate::training::rules::queue;
use crate::training::{ENROLMENT_CHANGED, HOURS_BOOKED, store};
use crate::work::Work;
use entity::enums::{TrainingEnrolmentState, TrainingHoursKind};

/// The most characters of a name.
pub(super) const NAME: usize = 200;
/// The most characters of a code.
pub(super) const CODE: usize = 50;
/// The most characters of a description, a remark or a comment.
pub(super) const BODY: usize = 4_000;
/// The most minutes of a course, a session or a study: a thousand hours.
pub(super) const MINUTES: i32 = 60_000;

/// A code: small Latin letters, digits, and `_`, `-`, `.` between them.
pub(super) fn code(checks: &mut Checks, value: &str) -> String {
    let code = checks.text("input.code", value, CODE);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let formed = code.chars().all(|c| plain(c) || "_-.".contains(c))
        && code.starts_with(plain)
        && code.ends_with(plain);
    checks.ensure(
        formed || code.is_empty(),
        UserErrorCode::Invalid,
        "input.code",
        || {
            Text::new(
                "A code has small letters, digits and `_`, `-`, `.` between them, such as `pump.basics`.",
                "编码由小写字母、数字及其间的 _ - . 组成，例如 pump.basics。",
            )
        },
    );
    code
}

/// The mistake that a code is taken.
pub(super) fn taken() -> UserError {
    UserError::new(
        UserErrorCode::Taken,
        "input.code",
        Text::new(
            "There is one with this code already; take another code or change that one.",
            "该编码已存在，请更换编码或修改原有条目。",
        ),
    )
}

/// Minutes of something that is learnt.
pub(super) fn minutes(checks: &mut Checks, field: &str, value: i32) {
    checks.ensure(
        (1..=MINUTES).contains(&value),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("This takes 1 to {MINUTES} minutes."),
                format!("时长须为 1 至 {MINUTES} 分钟。"),
            )
        },
    );
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
                "This is no link such as https://example.com/course.",
                "链接格式不正确，例如 https://example.com/course。",
            )
        },
    );
    Some(link)
}

/// The mistake that something is missing for the action.
pub(super) fn wrong_state(field: &str, en: &'static str, zh: &'static str) -> UserError {
    UserError::new(UserErrorCode::WrongState, field, Text::new(en, zh))
}

/// Who acts, as rows keep it.
pub(super) fn user(call: &Call) -> Uuid {
    call.viewer.actor.id.unwrap_or(Uuid::nil())
}

/// Leaves an audit entry and an event about something.
pub(super) fn trace(
    work: &mut Work<'_>,
    (kind, entity_type): (&str, &'static str),
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
    work.emit(Event::new(work.call().at, kind, id, payload));
}

/// Tells of an enrolment that changed, and of whom it is about.
pub(super) fn enrolment_trace(
    work: &mut Work<'_>,
    row: &training_enrolment::Model,
    action: &'static str,
    detail: Value,
) {
    work.audit(audit::Entry {
        action,
        entity_type: "training_enrolment",
        entity_id: Some(row.id),
        detail,
    });
    let payload = json!({ "action": action, "session": row.session_id });
    work.emit(Event::new(
        work.call().at,
        ENROLMENT_CHANGED,
        row.id,
        payload,
    ));
}

/// Lets those who wait move up where there is room. The session is locked.
///
/// # Errors
/// When the database fails.
pub(super) async fn move_up(work: &mut Work<'_>, session: &training_session::Model) -> Result<()> {
    let rows = store::enrolments_of(work.tx(), session.id).await?;
    let capacity = usize::try_from(session.capacity).unwrap_or(0);
    let up = queue::promoted(capacity, &store::places(&rows));
    for row in rows.into_iter().filter(|row| up.contains(&row.id)) {
        let at = work.call().at;
        let row = training_enrolment::Model {
            state: TrainingEnrolmentState::Enrolled,
            promoted_at: Some(at),
            ..row
        };
        let row = store::save(work.tx(), row, at).await?;
        let detail = json!({ "session": row.session_id, "member": row.member_id });
        enrolment_trace(work, &row, "training.enrolment.move_up", detail);
    }
    Ok(())
}

/// What an entry of the ledger is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// The member.
    pub member: Uuid,
    /// The day on which it counts.
    pub day: chrono::NaiveDate,
    /// Where a first entry comes from.
    pub kind: TrainingHoursKind,
    /// The enrolment.
    pub enrolment: Option<Uuid>,
    /// The study.
    pub study: Option<Uuid>,
    /// Why.
    pub reason: Option<String>,
}

/// Writes the entry that brings the ledger to what is wanted, if one is needed; says which.
///
/// # Errors
/// When the database fails.
pub(super) async fn book(
    work: &mut Work<'_>,
    about: About,
    booked: &[Booked],
    wanted: i32,
) -> Result<Option<Uuid>> {
    let Some(booking) = settle(booked, wanted) else {
        return Ok(None);
    };
    let (kind, minutes, corrects) = match booking {
        Booking::First(minutes) => (about.kind, minutes, None),
        Booking::Correction { of, minutes } => (TrainingHoursKind::Correction, minutes, Some(of)),
        Booking::Reversal { of, minutes } => (TrainingHoursKind::Reversal, minutes, Some(of)),
    };
    let call = work.call();
    let row = training_hour::Model {
        id: new_id(call.at),
        member_id: about.member,
        day: about.day,
        minutes,
        kind,
        enrolment_id: about.enrolment,
        study_id: about.study,
        corrects_id: corrects,
        reason: about.reason,
        booked_by: call.viewer.actor.id,
        booked_by_name: call.viewer.actor.name.clone(),
        booked_at: call.at,
    };
    let id = row.id;
    let detail = json!({
        "member": row.member_id,
        "day": row.day,
        "minutes": row.minutes,
        "kind": row.kind,
        "corrects": row.corrects_id,
        "reason": row.reason,
    });
    store::insert_hours(work.tx(), row).await?;
    trace(
        work,
        (HOURS_BOOKED, "training_hours"),
        id,
        "training.hours.book",
        detail,
    );
    Ok(Some(id))
}
