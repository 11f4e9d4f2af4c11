//! What the actions share: bounds, days, and what they leave behind.

use chrono::NaiveDate;
use entity::{member, skill};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::audit;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::organisation::rules::{Span, holds_on};
use crate::organisation::today;
use crate::organisation::workforce::rules::skills::{HIGHEST, LOWEST};
use crate::organisation::workforce::rules::succession::{Plan, take_place};
use crate::organisation::workforce::{CATALOGUE_CHANGED, MEMBER_CHANGED};
use crate::work::Work;

/// The most characters of a name.
pub(super) const NAME: usize = 100;
/// The most characters of a code.
pub(super) const CODE: usize = 50;
/// The most characters of a remark.
pub(super) const NOTE: usize = 1_000;

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
                "A code has small letters, digits and `_`, `-`, `.` between them, such as `pump.repair`.",
                "编码由小写字母、数字及其间的 _ - . 组成，例如 pump.repair。",
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

/// A level is 1 to 5.
pub(super) fn level(checks: &mut Checks, level: i32) {
    checks.ensure(
        (LOWEST..=HIGHEST).contains(&level),
        UserErrorCode::Invalid,
        "input.level",
        || {
            Text::new(
                "A level is 1 (beginner) to 5 (expert).",
                "等级须为 1（入门）到 5（专家）。",
            )
        },
    );
}

/// A certificate grants a level of a skill, a skill, or neither; a level without a skill is nothing. It is valid for 1
/// to 600 months, or for ever.
pub(super) async fn certified(
    work: &Work<'_>,
    checks: &mut Checks,
    skill_id: Option<Uuid>,
    granted: Option<i32>,
    months_valid: Option<i32>,
) -> Result<()> {
    if let Some(id) = skill_id {
        let viewer = &work.call().viewer;
        let row = find::<skill::Entity>(work.tx(), viewer, Permission::SkillManage, id).await?;
        checks.found("input.skillId", row);
    }
    if let Some(granted) = granted {
        level(checks, granted);
        checks.ensure(
            skill_id.is_some(),
            UserErrorCode::Blank,
            "input.skillId",
            || {
                Text::new(
                    "Name the skill that this level is of.",
                    "请指定该等级对应的技能。",
                )
            },
        );
    }
    checks.ensure(
        months_valid.is_none_or(|months| (1..=600).contains(&months)),
        UserErrorCode::Invalid,
        "input.monthsValid",
        || {
            Text::new(
                "A certificate is valid for 1 to 600 months; leave it out for one that is valid for ever.",
                "有效期须为 1 到 600 个月；长期有效请留空。",
            )
        },
    );
    Ok(())
}

/// Refuses a day before today: what was is not rewritten.
pub(super) fn not_before_today(checks: &mut Checks, call: &Call, field: &str, day: NaiveDate) {
    let today = today(call);
    checks.ensure(day >= today, UserErrorCode::RuleViolated, field, || {
        Text::new(
            format!("History isn't rewritten: take {today} or a later day."),
            format!("历史记录不可改写：请选择 {today} 或之后的日期。"),
        )
    });
}

/// Refuses days on which the member doesn't work here, and an end that isn't after the start.
pub(super) fn days(
    checks: &mut Checks,
    call: &Call,
    member: &member::Model,
    span: Span,
    (from_field, to_field): (&str, &str),
) {
    not_before_today(checks, call, from_field, span.from);
    checks.ensure(
        holds_on(member.joined_on, member.left_on, span.from),
        UserErrorCode::RuleViolated,
        from_field,
        || {
            Text::new(
                "The member doesn't work here on that day.",
                "该成员当日不在职。",
            )
        },
    );
    checks.ensure(
        span.to.is_none_or(|end| end > span.from),
        UserErrorCode::Invalid,
        to_field,
        || {
            Text::new(
                "The end is the first day on which it no longer holds, so it comes after the start.",
                "结束日期为不再有效的第一天，须晚于开始日期。",
            )
        },
    );
}

/// How something new takes its place among what holds already.
///
/// # Errors
/// All mistakes so far, and that of running into something planned.
pub(super) fn place(
    mut checks: Checks,
    span: Span,
    others: &[(Uuid, Span)],
    to_field: &str,
) -> Result<Plan> {
    match take_place(span, others) {
        Ok(plan) => {
            checks.done()?;
            Ok(plan)
        }
        Err(planned) => {
            let day = planned.0;
            checks.add(
                UserErrorCode::RuleViolated,
                to_field,
                Text::new(
                    format!(
                        "Another one is planned from {day} on: end this one by then, leave the end out, or change that one."
                    ),
                    format!("已有从 {day} 开始的安排：请在此之前结束、不填结束日期，或修改该安排。"),
                ),
            );
            checks.done()?;
            Err(crate::error::Error::internal("a mistake that isn't one"))
        }
    }
}

/// Leaves an audit entry and an event about a member. The detail never says why somebody is away.
pub(super) fn leave_trace(
    work: &mut Work<'_>,
    member_id: Uuid,
    action: &'static str,
    detail: Value,
) {
    work.audit(audit::Entry {
        action,
        entity_type: "member",
        entity_id: Some(member_id),
        detail,
    });
    work.emit(Event::new(
        work.call().at,
        MEMBER_CHANGED,
        member_id,
        json!({ "action": action }),
    ));
}

/// Leaves an audit entry and an event about the catalogue.
pub(super) fn catalogue_trace(
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
    work.emit(Event::new(
        work.call().at,
        CATALOGUE_CHANGED,
        id,
        json!({ "action": action }),
    ));
}
