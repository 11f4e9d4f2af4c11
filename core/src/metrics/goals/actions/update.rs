//! Changing a goal (修改目标).

use chrono::NaiveDate;
use entity::enums::{GoalBound, GoalState};
use entity::goal;
use serde_json::json;
use uuid::Uuid;

use super::common::{
    BODY, TITLE, bounded, measured, owned, populated, shown, targeted, timed, to_set, trace,
};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::{Change, Checks};
use crate::decimal::Decimal;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::metrics::goals::{Population, store};
use crate::work::{Work, expect_version};

/// What changes about a goal.
#[derive(Clone, Debug)]
pub struct GoalUpdate {
    /// The goal.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What it is called.
    pub title: Change<String>,
    /// 中文名称.
    pub title_zh: Change<String>,
    /// What exactly.
    pub specific: Change<String>,
    /// Why.
    pub relevant: Change<String>,
    /// How.
    pub achievable: Change<String>,
    /// The metric that measures it; of a draft only.
    pub metric_key: Change<String>,
    /// On which side of the target; of a draft only.
    pub bound: Change<GoalBound>,
    /// The target.
    pub target: Change<Decimal>,
    /// Whose figures; of a draft only.
    pub population: Change<Population>,
    /// The first day that counts; of a draft only.
    pub from: Change<NaiveDate>,
    /// The first day that no longer counts.
    pub until: Change<NaiveDate>,
    /// Who answers for it.
    pub owner_id: Change<Uuid>,
    /// Why it changes; needed while it is pursued.
    pub reason: Option<String>,
}

/// Changes a goal and returns its id: of a draft everything, of one that is pursued words, target, deadline and owner, with a
/// reason. Values that stay the same aren't a change.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn goal_update(app: &App, call: &Call, input: GoalUpdate) -> Result<Uuid> {
    call.viewer.require(Permission::GoalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_set(&work, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    if !matches!(before.state, GoalState::Draft | GoalState::Active) {
        return Err(ended().into());
    }
    let mut checks = Checks::default();
    let mut after = before.clone();
    words(&mut checks, &input, &mut after);
    if before.state == GoalState::Active {
        fixed(&mut checks, &input);
    }
    if let Change::Set(population) = input.population {
        population.put(&mut after);
        populated(&work, &mut checks, population).await?;
    }
    if let Change::Set(owner) = input.owner_id {
        after.owner_id = owner;
        owned(&work, &mut checks, owner).await?;
    }
    if let Change::Set(key) = &input.metric_key {
        after.metric_key.clone_from(key);
    }
    after.target = input.target.value().map_or(after.target, |target| target.0);
    after.from_day = input.from.value().copied().unwrap_or(after.from_day);
    after.until_day = input.until.value().copied().unwrap_or(after.until_day);
    if (after.from_day, after.until_day) != (before.from_day, before.until_day) {
        timed(&mut checks, &work, after.from_day, after.until_day);
    }
    let measured_anew = after.metric_key != before.metric_key
        || after.target != before.target
        || input.bound != Change::Keep;
    if measured_anew
        && let Some(metric) =
            measured(&work, &mut checks, &app.counter.sources, &after.metric_key).await?
    {
        targeted(&mut checks, &metric, Decimal(after.target));
        // Of another metric the other side may be the good one, unless something is said about it.
        let given = match input.bound.value() {
            None if after.metric_key == before.metric_key => Some(before.bound),
            given => given.copied(),
        };
        after.bound = bounded(&mut checks, &metric, given);
    }
    if after == before {
        checks.done()?;
        return Ok(before.id);
    }
    if before.state == GoalState::Active {
        let reason = input.reason.as_deref().unwrap_or_default();
        after.reason = Some(checks.body("input.reason", reason, BODY));
    }
    checks.done()?;
    let detail = json!({ "from": shown(&before), "to": shown(&after), "reason": after.reason });
    store::save(work.tx(), after, call.at).await?;
    trace(&mut work, before.id, "goal.update", detail);
    work.commit().await?;
    Ok(before.id)
}

/// Takes over the words, and refuses to take away what must stay.
fn words(checks: &mut Checks, input: &GoalUpdate, row: &mut goal::Model) {
    checks.must_stay("input.title", &input.title);
    if let Change::Set(title) = &input.title {
        row.title = checks.text("input.title", title, TITLE);
    }
    match &input.title_zh {
        Change::Keep => {}
        Change::Clear => row.title_zh = None,
        Change::Set(title) => {
            row.title_zh = checks.optional_text("input.titleZh", Some(title), TITLE);
        }
    }
    for (field, change, value) in [
        ("input.specific", &input.specific, &mut row.specific),
        ("input.relevant", &input.relevant, &mut row.relevant),
        ("input.achievable", &input.achievable, &mut row.achievable),
    ] {
        checks.must_stay(field, change);
        if let Change::Set(text) = change {
            *value = checks.body(field, text, BODY);
        }
    }
    checks.must_stay("input.metricKey", &input.metric_key);
    checks.must_stay("input.target", &input.target);
    checks.must_stay("input.population", &input.population);
    checks.must_stay("input.from", &input.from);
    checks.must_stay("input.until", &input.until);
    checks.must_stay("input.ownerId", &input.owner_id);
}

/// What stays while a goal is pursued: otherwise it would be another goal under the same name.
fn fixed(checks: &mut Checks, input: &GoalUpdate) {
    let given = [
        ("input.metricKey", input.metric_key != Change::Keep),
        ("input.bound", input.bound != Change::Keep),
        ("input.population", input.population != Change::Keep),
        ("input.from", input.from != Change::Keep),
    ];
    for (field, given) in given {
        checks.ensure(!given, UserErrorCode::WrongState, field, || {
            Text::new(
                "This stays while the goal is pursued; cancel the goal and set another one.",
                "目标进行中不可修改此项，请取消后另设目标。",
            )
        });
    }
}

/// The mistake that a goal has ended.
pub(super) fn ended() -> UserError {
    UserError::new(
        UserErrorCode::WrongState,
        "",
        Text::new(
            "This goal has ended; set another one.",
            "该目标已结束，请另设目标。",
        ),
    )
}
