//! Beginning probations and deciding about them (登记与评审试用期).

use chrono::{Months, NaiveDate};
use entity::enums::{ProbationOutcome, ProbationState};
use entity::{member, probation, probation_review};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::rules::{Course, Decision, Refusal, decide, latest_end};
use super::{CHANGED, store};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::organisation::rules::holds_on;
use crate::organisation::structure::actions::foreseen;
use crate::organisation::today;
use crate::settings::{self, PROBATION_LONGEST_MONTHS, PROBATION_MONTHS};
use crate::work::{Once, Work, expect_version};

/// The most characters of a reason.
const REASON: usize = 2_000;

fn months(setting: i64) -> u32 {
    u32::try_from(setting).unwrap_or(0)
}

/// A probation to begin.
#[derive(Clone, Debug, Serialize)]
pub struct ProbationStart {
    /// Who.
    pub member_id: Uuid,
    /// The first day; the member's first day of work when nothing is said.
    pub starts_on: Option<NaiveDate>,
    /// The first day on which it should be over; so many months later as the settings say when nothing is said.
    pub planned_end: Option<NaiveDate>,
}

/// Begins a probation and returns its id.
///
/// # Errors
/// User errors about the days; refusals of permission and reach.
pub async fn probation_start(
    app: &App,
    call: &Call,
    input: &ProbationStart,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::ProbationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "probationStart", input).await? {
        return Ok(id);
    }
    let person =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.member_id).await?;
    let starts_on = input.starts_on.unwrap_or(person.joined_on);
    let longest = months(settings::read(work.tx(), &PROBATION_LONGEST_MONTHS).await?);
    let usual = months(settings::read(work.tx(), &PROBATION_MONTHS).await?).min(longest);
    let planned_end = input
        .planned_end
        .or(starts_on.checked_add_months(Months::new(usual)))
        .unwrap_or(starts_on);
    let mut checks = Checks::default();
    checks.ensure(
        holds_on(person.joined_on, person.left_on, starts_on),
        UserErrorCode::RuleViolated,
        "input.startsOn",
        || {
            Text::new(
                "The member doesn't work here on that day.",
                "该成员当日不在职。",
            )
        },
    );
    foreseen(&mut checks, call, "input.startsOn", starts_on);
    checks.ensure(
        planned_end > starts_on,
        UserErrorCode::Invalid,
        "input.plannedEnd",
        || {
            Text::new(
                "The end is the first day after it, so it comes after the start.",
                "结束日期为试用期后的第一天，须晚于开始日期。",
            )
        },
    );
    let most = latest_end(starts_on, longest);
    checks.ensure(
        planned_end <= most,
        UserErrorCode::RuleViolated,
        "input.plannedEnd",
        || too_long(most),
    );
    let ends = match input.planned_end {
        Some(_) => "input.plannedEnd",
        None => "input.startsOn",
    };
    let over = planned_end > starts_on && planned_end <= today(call);
    checks.ensure(!over, UserErrorCode::RuleViolated, ends, || {
        Text::new(
            format!("It would have been over on {planned_end}; name a later first day or end."),
            format!("按此计算试用期已于 {planned_end} 结束，请指定更晚的开始或结束日期。"),
        )
    });
    checks.ensure(
        store::running(work.tx(), person.id).await? == 0,
        UserErrorCode::WrongState,
        "input.memberId",
        || {
            Text::new(
                "A probation of this member runs already; decide about that one first.",
                "该成员已有进行中的试用期，请先完成评审。",
            )
        },
    );
    checks.done()?;
    let row = probation::Model {
        id: new_id(call.at),
        member_id: person.id,
        starts_on,
        planned_end,
        state: ProbationState::Running,
        ended_on: None,
        created_by: call.viewer.actor.id,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({ "member": person.id, "from": starts_on, "plannedEnd": planned_end });
    store::insert(work.tx(), row).await?;
    leave_trace(&mut work, id, "probation.start", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A decision about a probation.
#[derive(Clone, Debug)]
pub struct ProbationReview {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What is decided.
    pub outcome: ProbationOutcome,
    /// Why.
    pub reason: String,
    /// From which day on; today when nothing is said.
    pub on: Option<NaiveDate>,
    /// To which day it is extended.
    pub new_end: Option<NaiveDate>,
}

/// Decides about a probation and returns its id.
///
/// # Errors
/// User errors when it can't be decided so, or is one's own; refusals of permission, reach and version.
pub async fn probation_review(app: &App, call: &Call, input: &ProbationReview) -> Result<Uuid> {
    let permission = Permission::ProbationReview;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let row = to_change::<probation::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, REASON);
    checks.ensure(
        call.viewer.standing.member_id != Some(row.member_id),
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Nobody decides about their own probation.",
                "不能评审本人的试用期。",
            )
        },
    );
    checks.done()?;
    let today = today(call);
    let decision = Decision {
        outcome: input.outcome,
        on: input.on.unwrap_or(today),
        new_end: input.new_end,
    };
    let course = Course {
        state: row.state,
        starts_on: row.starts_on,
        planned_end: row.planned_end,
        ended_on: row.ended_on,
    };
    let longest = months(settings::read(work.tx(), &PROBATION_LONGEST_MONTHS).await?);
    let next = decide(course, decision, today, longest).map_err(refused)?;
    let review = probation_review::Model {
        id: new_id(call.at),
        probation_id: row.id,
        member_id: row.member_id,
        outcome: input.outcome,
        reason,
        effective_on: decision.on,
        new_end: decision.new_end,
        reviewed_by: call.viewer.actor.id,
        reviewed_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
    };
    let detail = json!({
        "member": row.member_id,
        "outcome": review.outcome,
        "on": review.effective_on,
        "newEnd": review.new_end,
    });
    store::insert_review(work.tx(), review).await?;
    let row = probation::Model {
        state: next.state,
        planned_end: next.planned_end,
        ended_on: next.ended_on,
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, input.id, "probation.review", detail);
    work.commit().await?;
    Ok(input.id)
}

fn too_long(most: NaiveDate) -> Text {
    Text::new(
        format!("This is longer than a probation can be; it ends by {most}."),
        format!("超过试用期最长期限，最晚可至 {most}。"),
    )
}

fn refused(refusal: Refusal) -> Error {
    let (code, field, text) = match refusal {
        Refusal::Over => (
            UserErrorCode::WrongState,
            "input.id",
            Text::new(
                "This probation is over; nothing more can be decided about it.",
                "该试用期已结束，不能再评审。",
            ),
        ),
        Refusal::Day => (
            UserErrorCode::RuleViolated,
            "input.on",
            Text::new(
                "The day lies after the first day of the probation, and not after its planned end or today.",
                "日期须晚于试用期首日，且不晚于计划结束日期或今天。",
            ),
        ),
        Refusal::NewEnd => (
            UserErrorCode::Invalid,
            "input.newEnd",
            Text::new(
                "An extension names a day after the planned end; leave it out otherwise.",
                "延长时须填写晚于计划结束日期的新日期，其他情况请留空。",
            ),
        ),
        Refusal::TooLong(most) => (UserErrorCode::RuleViolated, "input.newEnd", too_long(most)),
    };
    UserError::new(code, field, text).into()
}

fn leave_trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "probation",
        entity_id: Some(id),
        detail,
    });
    let event = Event::new(work.call().at, CHANGED, id, json!({ "action": action }));
    work.emit(event);
}
