//! Forming a pair (师徒结对).

use chrono::{NaiveDate, TimeDelta};
use entity::enums::MentoringState;
use entity::{member, mentoring, mentoring_goal};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, GOALS, measured, trace};
use crate::access::{Call, Permission, find, still_within};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::{holds_on, lock_members, today};
use crate::training::mentoring::store;
use crate::work::{Once, Work};

/// The longest time of a pair.
const LONGEST: TimeDelta = TimeDelta::days(732);
/// How long ago a pair may have begun when it is written down.
const LOOK_BACK: TimeDelta = TimeDelta::days(92);

/// A goal of the plan.
#[derive(Clone, Debug, Serialize)]
pub struct GoalPlan {
    /// What the newcomer is to reach.
    pub goal: String,
    /// The last day for it.
    pub due_on: NaiveDate,
}

/// A pair to form.
#[derive(Clone, Debug, Serialize)]
pub struct PairStart {
    /// Who looks after the other.
    pub mentor_id: Uuid,
    /// Who is new.
    pub newcomer_id: Uuid,
    /// What the newcomer is measured by.
    pub metric_key: String,
    /// The first day.
    pub started_on: NaiveDate,
    /// The first day on which it should no longer be needed.
    pub planned_end: NaiveDate,
    /// The plan.
    pub goals: Vec<GoalPlan>,
}

/// Forms a pair and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn pair_start(
    app: &App,
    call: &Call,
    input: &PairStart,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MentoringManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "mentoringStart", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    // Locked: of two pairs for one newcomer the second finds the first.
    lock_members(work.tx(), [input.mentor_id, input.newcomer_id]).await?;
    let mut checks = Checks::default();
    people(&work, &mut checks, input).await?;
    timed(&mut checks, call, input);
    checks.ensure(
        (1..=GOALS).contains(&input.goals.len()),
        UserErrorCode::Invalid,
        "input.goals",
        || {
            Text::new(
                format!("A plan has 1 to {GOALS} goals."),
                format!("带教计划须有 1 至 {GOALS} 个目标。"),
            )
        },
    );
    let metric_key = measured(&work, &mut checks, &app.counter.sources, &input.metric_key).await?;
    let id = new_id(call.at);
    let mut goals = Vec::new();
    for (place, goal) in input.goals.iter().take(GOALS).enumerate() {
        let field = |part: &str| format!("input.goals.{place}.{part}");
        due(&mut checks, &field("dueOn"), input.started_on, goal.due_on);
        goals.push(mentoring_goal::Model {
            id: new_id(call.at),
            mentoring_id: id,
            goal: checks.body(&field("goal"), &goal.goal, BODY),
            due_on: goal.due_on,
            reached_on: None,
            note: None,
            version: 1,
            created_at: call.at,
            updated_at: call.at,
        });
    }
    checks.done()?;
    let row = mentoring::Model {
        id,
        mentor_id: input.mentor_id,
        newcomer_id: input.newcomer_id,
        state: MentoringState::Active,
        metric_key,
        started_on: input.started_on,
        planned_end: input.planned_end,
        ended_on: None,
        result: None,
        result_note: None,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({
        "mentor": row.mentor_id,
        "newcomer": row.newcomer_id,
        "metric": row.metric_key,
        "from": row.started_on,
        "plannedEnd": row.planned_end,
        "goals": goals.len(),
    });
    store::insert(work.tx(), row).await?;
    for goal in goals {
        store::insert(work.tx(), goal).await?;
    }
    still_within::<mentoring::Entity>(work.tx(), &call.viewer, permission, id).await?;
    trace(&mut work, id, "training.mentoring.start", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

async fn people(work: &Work<'_>, checks: &mut Checks, input: &PairStart) -> Result<()> {
    let viewer = &work.call().viewer;
    checks.ensure(
        input.mentor_id != input.newcomer_id,
        UserErrorCode::RuleViolated,
        "input.mentorId",
        || Text::new("Nobody is their own mentor.", "不能自己带教自己。"),
    );
    for (field, id) in [
        ("input.mentorId", input.mentor_id),
        ("input.newcomerId", input.newcomer_id),
    ] {
        let row = find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, id).await?;
        if let Some(row) = checks.found(field, row) {
            let day = input.started_on.max(today(work.call()));
            checks.ensure(
                holds_on(row.joined_on, row.left_on, day),
                UserErrorCode::RuleViolated,
                field,
                || {
                    Text::new(
                        "This member doesn't work here; name somebody who does.",
                        "该成员不在职，请指定在职成员。",
                    )
                },
            );
        }
    }
    // Whether somebody out of sight has a mentor isn't told.
    let seen = find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, input.newcomer_id)
        .await?;
    let taken = seen.is_some()
        && store::active_of(work.tx(), input.newcomer_id)
            .await?
            .is_some();
    checks.ensure(!taken, UserErrorCode::Taken, "input.newcomerId", || {
        Text::new(
            "This member has a mentor already; end that pair first.",
            "该成员已有导师，请先结束原结对。",
        )
    });
    Ok(())
}

fn timed(checks: &mut Checks, call: &Call, input: &PairStart) {
    let (from, to) = (input.started_on, input.planned_end);
    checks.ensure(
        to > from && to - from <= LONGEST,
        UserErrorCode::Invalid,
        "input.plannedEnd",
        || {
            Text::new(
                "The planned end comes after the first day, within two years.",
                "计划结束日期须晚于开始日期，且不超过两年。",
            )
        },
    );
    checks.ensure(
        today(call) - from <= LOOK_BACK,
        UserErrorCode::RuleViolated,
        "input.startedOn",
        || {
            Text::new(
                format!("A pair began {} days ago at most.", LOOK_BACK.num_days()),
                format!("开始日期最早为 {} 天前。", LOOK_BACK.num_days()),
            )
        },
    );
}

/// A goal is due after the pair began.
pub(super) fn due(checks: &mut Checks, field: &str, from: NaiveDate, due_on: NaiveDate) {
    checks.ensure(
        due_on >= from && due_on - from <= LONGEST,
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                "A goal is due on the first day of the pair or later, within two years.",
                "目标到期日不得早于结对开始日期，且不超过两年。",
            )
        },
    );
}
