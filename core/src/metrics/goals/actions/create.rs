//! Setting a goal (设定目标).

use chrono::NaiveDate;
use entity::enums::{GoalBound, GoalPopulation, GoalState};
use entity::goal;
use serde::Serialize;
use uuid::Uuid;

use super::common::{
    BODY, TITLE, bounded, measured, owned, populated, shown, targeted, timed, trace,
};
use super::usual::usual;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::metrics::goals::{Population, store};
use crate::work::{Once, Work};

/// The goal to set.
#[derive(Clone, Debug, Serialize)]
pub struct GoalCreate {
    /// What it is called.
    pub title: String,
    /// 中文名称.
    pub title_zh: Option<String>,
    /// What exactly.
    pub specific: String,
    /// Why.
    pub relevant: String,
    /// How.
    pub achievable: String,
    /// The metric that measures it.
    pub metric_key: String,
    /// On which side of the target; as the metric says when absent.
    pub bound: Option<GoalBound>,
    /// The target; when absent, the usual one of the metric.
    pub target: Option<Decimal>,
    /// Whose figures.
    pub population: Population,
    /// The first day that counts.
    pub from: NaiveDate,
    /// The first day that no longer counts.
    pub until: NaiveDate,
    /// Who answers for it.
    pub owner_id: Uuid,
}

/// Writes the draft of a goal and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn goal_create(
    app: &App,
    call: &Call,
    input: &GoalCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::GoalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "goalCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    populated(&work, &mut checks, input.population).await?;
    owned(&work, &mut checks, input.owner_id).await?;
    timed(&mut checks, &work, input.from, input.until);
    let metric = measured(&work, &mut checks, &app.counter.sources, &input.metric_key).await?;
    let target = match input.target {
        None if metric.is_some() => usual(&work, &mut checks, &input.metric_key).await?,
        given => given,
    };
    let bound = metric.as_ref().map(|metric| {
        if let Some(target) = target {
            targeted(&mut checks, metric, target);
        }
        bounded(&mut checks, metric, input.bound)
    });
    let mut row = goal::Model {
        id: new_id(call.at),
        title: checks.text("input.title", &input.title, TITLE),
        title_zh: checks.optional_text("input.titleZh", input.title_zh.as_deref(), TITLE),
        specific: checks.body("input.specific", &input.specific, BODY),
        relevant: checks.body("input.relevant", &input.relevant, BODY),
        achievable: checks.body("input.achievable", &input.achievable, BODY),
        metric_key: input.metric_key.clone(),
        bound: bound.unwrap_or(GoalBound::AtLeast),
        target: target.unwrap_or_default().0,
        population: GoalPopulation::Company,
        department_id: None,
        region_id: None,
        team_id: None,
        member_id: None,
        from_day: input.from,
        until_day: input.until,
        owner_id: input.owner_id,
        state: GoalState::Draft,
        reason: None,
        activated_at: None,
        closed_at: None,
        result: None,
        off_course_since: None,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    input.population.put(&mut row);
    checks.done()?;
    let id = row.id;
    let detail = shown(&row);
    store::insert(work.tx(), row).await?;
    trace(&mut work, id, "goal.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
