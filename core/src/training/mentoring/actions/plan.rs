//! The plan of a pair: its end, its measure, its goals (带教计划).

use chrono::NaiveDate;
use entity::{mentoring, mentoring_goal};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, GOALS, Step, measured, to_work, trace};
use super::start::due;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::training::mentoring::store;
use crate::work::{Once, Work, expect_version};

/// What changes about a pair.
#[derive(Clone, Debug)]
pub struct PairUpdate {
    /// The pair.
    pub step: Step,
    /// What the newcomer is measured by; as before when absent.
    pub metric_key: Option<String>,
    /// When it should end; as before when absent.
    pub planned_end: Option<NaiveDate>,
}

/// Changes the measure or the planned end of a pair and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn pair_update(app: &App, call: &Call, input: &PairUpdate) -> Result<Uuid> {
    call.viewer.require(Permission::MentoringManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_work(&work, Permission::MentoringManage, input.step).await?;
    let mut checks = Checks::default();
    let mut after = before.clone();
    if let Some(key) = &input.metric_key {
        after.metric_key = measured(&work, &mut checks, &app.counter.sources, key).await?;
    }
    if let Some(day) = input.planned_end {
        due(&mut checks, "input.plannedEnd", before.started_on, day);
        checks.ensure(
            day > before.started_on,
            UserErrorCode::Invalid,
            "input.plannedEnd",
            || {
                Text::new(
                    "The planned end comes after the first day.",
                    "计划结束日期须晚于开始日期。",
                )
            },
        );
        after.planned_end = day;
    }
    checks.done()?;
    if after == before {
        return Ok(before.id);
    }
    let shown =
        |row: &mentoring::Model| json!({ "metric": row.metric_key, "plannedEnd": row.planned_end });
    let detail = json!({ "from": shown(&before), "to": shown(&after) });
    store::save(work.tx(), after, call.at).await?;
    trace(&mut work, before.id, "training.mentoring.update", detail);
    work.commit().await?;
    Ok(before.id)
}

/// A goal to add.
#[derive(Clone, Debug, Serialize)]
pub struct GoalAdd {
    /// The pair.
    pub mentoring_id: Uuid,
    /// What the newcomer is to reach.
    pub goal: String,
    /// The last day for it.
    pub due_on: NaiveDate,
}

/// Adds a goal to the plan and returns the pair's id; for mentor and newcomer as well.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn goal_add(
    app: &App,
    call: &Call,
    input: &GoalAdd,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MentoringWork;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "mentoringGoalAdd", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let pair = locked(&work, permission, input.mentoring_id).await?;
    let mut checks = Checks::default();
    let goal = checks.body("input.goal", &input.goal, BODY);
    due(&mut checks, "input.dueOn", pair.started_on, input.due_on);
    let count = store::goals_of(work.tx(), pair.id).await?;
    checks.ensure(
        usize::try_from(count).is_ok_and(|count| count < GOALS),
        UserErrorCode::RuleViolated,
        "input.mentoringId",
        || {
            Text::new(
                format!("A plan has at most {GOALS} goals."),
                format!("带教计划最多 {GOALS} 个目标。"),
            )
        },
    );
    checks.done()?;
    let id = new_id(call.at);
    let row = mentoring_goal::Model {
        id,
        mentoring_id: pair.id,
        goal,
        due_on: input.due_on,
        reached_on: None,
        note: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "goal": id, "due": row.due_on });
    store::insert(work.tx(), row).await?;
    let pair_id = pair.id;
    store::save(work.tx(), pair, call.at).await?;
    trace(&mut work, pair_id, "training.mentoring.goal_add", detail);
    work.done(pair_id).await?;
    work.commit().await?;
    Ok(pair_id)
}

/// The pair that something is added to: locked and at work, whatever its version.
pub(super) async fn locked(
    work: &Work<'_>,
    permission: Permission,
    id: Uuid,
) -> Result<mentoring::Model> {
    let viewer = &work.call().viewer;
    let row = to_change::<mentoring::Entity>(work.tx(), viewer, permission, id).await?;
    let expected_version = row.version;
    to_work(
        work,
        permission,
        Step {
            id,
            expected_version,
        },
    )
    .await
}

/// A goal that was reached, or not after all.
#[derive(Clone, Debug)]
pub struct GoalReach {
    /// The goal.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The day on which it was reached; none takes that back.
    pub reached_on: Option<NaiveDate>,
    /// What is said about it.
    pub note: Option<String>,
}

/// Notes that a goal was reached, and returns the pair's id. Newcomers don't do this about themselves.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn goal_reach(app: &App, call: &Call, input: &GoalReach) -> Result<Uuid> {
    let permission = Permission::MentoringWork;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let goal =
        to_change::<mentoring_goal::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(goal.version, input.expected_version)?;
    let pair = locked(&work, permission, goal.mentoring_id).await?;
    let mut checks = Checks::default();
    checks.ensure(
        call.viewer.standing.member_id != Some(pair.newcomer_id),
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Whether you have reached a goal, your mentor says.",
                "目标是否达成由导师确认。",
            )
        },
    );
    if let Some(day) = input.reached_on {
        checks.ensure(
            day >= pair.started_on && day <= today(call),
            UserErrorCode::Invalid,
            "input.reachedOn",
            || {
                Text::new(
                    "A goal is reached after the pair began, today at the latest.",
                    "达成日期须在结对开始之后，且不晚于今天。",
                )
            },
        );
    }
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.done()?;
    let detail = json!({ "goal": goal.id, "reachedOn": input.reached_on });
    let row = mentoring_goal::Model {
        reached_on: input.reached_on,
        note,
        ..goal
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, pair.id, "training.mentoring.goal_reach", detail);
    work.commit().await?;
    Ok(pair.id)
}
