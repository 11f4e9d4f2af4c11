//! What the actions share: codes, days, what keeps something from being closed, and what they leave behind.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::Call;
use crate::audit;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::organisation::structure::store::{self, Target};
use crate::organisation::today;
use crate::work::Work;

/// The most characters of a code.
const CODE: usize = 20;
/// The most characters of a name.
pub(super) const NAME: usize = 100;
/// How far ahead something can be planned: five years.
const AHEAD: i64 = 1_827;

/// A short code that nothing else of its kind has.
pub(in crate::organisation) fn coded(checks: &mut Checks, code: &str, taken: bool) -> String {
    let code = checks.text("input.code", code, CODE);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    checks.ensure(
        code.chars().all(plain),
        UserErrorCode::Invalid,
        "input.code",
        || {
            Text::new(
                "A code has letters, digits, - and _ only, such as CS-HOT.",
                "编码仅限字母、数字、- 和 _，例如 CS-HOT。",
            )
        },
    );
    checks.ensure(!taken, UserErrorCode::Taken, "input.code", || {
        Text::new(
            "This code is taken, perhaps by something that was closed; choose another one.",
            "该编码已被使用（可能属于已撤销的对象），请更换。",
        )
    });
    code
}

/// A day from today on, within five years.
pub(in crate::organisation) fn dated(
    checks: &mut Checks,
    call: &Call,
    field: &str,
    day: NaiveDate,
) {
    let today = today(call);
    checks.ensure(day >= today, UserErrorCode::RuleViolated, field, || {
        Text::new(
            format!("History isn't rewritten: take {today} or a later day."),
            format!("历史记录不可改写：请选择 {today} 或之后的日期。"),
        )
    });
    foreseen(checks, call, field, day);
}

/// A day that may lie in the past, and no more than five years ahead.
pub(in crate::organisation) fn foreseen(
    checks: &mut Checks,
    call: &Call,
    field: &str,
    day: NaiveDate,
) {
    let last = today(call) + chrono::TimeDelta::days(AHEAD);
    checks.ensure(day <= last, UserErrorCode::Invalid, field, || {
        Text::new(
            format!("This is too far ahead; plan up to {last}."),
            format!("日期过远，最多可计划到 {last}。"),
        )
    });
}

/// Nobody is placed there on that day or later.
pub(in crate::organisation) async fn not_placed(
    work: &Work<'_>,
    checks: &mut Checks,
    target: Target,
    day: NaiveDate,
) -> Result<()> {
    let placed = store::placed_from(work.tx(), target, day).await?;
    checks.ensure(placed == 0, UserErrorCode::RuleViolated, "input.on", || {
        Text::new(
            format!("{placed} assignments to it hold on {day} or later; end or move them first."),
            format!("{day} 及以后仍有 {placed} 项任职，请先结束或调动。"),
        )
    });
    Ok(())
}

/// A mistake when something is closed already, or ends before that day.
pub(super) fn still_there(
    checks: &mut Checks,
    (from, to): (NaiveDate, Option<NaiveDate>),
    day: NaiveDate,
) {
    checks.ensure(day > from, UserErrorCode::Invalid, "input.on", || {
        Text::new(
            format!("It only begins on {from}; the day of closing comes after that."),
            format!("该对象自 {from} 起生效，撤销日期须晚于该日。"),
        )
    });
    checks.ensure(
        to.is_none_or(|end| day < end),
        UserErrorCode::WrongState,
        "input.on",
        || Text::new("It is closed by that day already.", "该对象届时已被撤销。"),
    );
}

/// Audit and event of a change of the structure: it changes who sees what.
pub(in crate::organisation) fn conclude(
    work: &mut Work<'_>,
    action: &'static str,
    (entity_type, id): (&'static str, Uuid),
    detail: Value,
) {
    work.audit(audit::Entry {
        action,
        entity_type,
        entity_id: Some(id),
        detail,
    });
    work.emit(Event::new(
        work.call().at,
        Event::ACCESS_CHANGED,
        id,
        json!({ "action": action }),
    ));
}
