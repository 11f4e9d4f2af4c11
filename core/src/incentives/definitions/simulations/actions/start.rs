//! Asking for a simulation (发起模拟).

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate, TimeDelta};
use entity::enums::IncentiveSimulationState;
use entity::{incentive_rule_version, incentive_simulation};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::trace;
use crate::access::{Call, Permission, Scoped, by_ids};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::simulations::plan::{
    A_DAY, CANDIDATES, Mode, PERIODS, Plan, VALUES, Vary, YEARS, digest, spans,
};
use crate::incentives::definitions::{in_force, period_of, plain_period, store, versions};
use crate::incentives::gather;
use crate::incentives::rules::catalogue::Catalogue;
use crate::incentives::rules::checking::together;
use crate::incentives::rules::content::{Period, RuleContent};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::Span;
use crate::incentives::sees_all_pay;
use crate::organisation::today;
use crate::work::{Once, Work};

/// What is to be tried.
#[derive(Clone, Debug, Serialize)]
pub struct SimulationStart {
    /// The versions that are tried, all for the same kind of period.
    pub candidates: Vec<Uuid>,
    /// How they go together with the rules of today.
    pub mode: Mode,
    /// How many periods in a row.
    pub periods: u32,
    /// A day of the last one; of the last period that is over when none is given.
    pub until: Option<NaiveDate>,
    /// A parameter that is varied.
    pub vary: Option<Vary>,
}

/// Asks for a simulation, which the worker computes, and returns its id.
///
/// # Errors
/// User errors about the values, and when the rules don't go together; refusal of permission.
pub async fn simulation_start(
    app: &App,
    call: &Call,
    input: &SimulationStart,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::IncentiveRuleWrite)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "incentiveSimulationStart", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    seldom(&work).await?;
    let mut checks = Checks::default();
    bounds(&mut checks, input);
    checks.done()?;
    let mut checks = Checks::default();
    let kind = candidates(&work, &mut checks, &input.candidates).await?;
    checks.done()?;
    let mut checks = Checks::default();
    let spans = over(&mut checks, kind, input, today(call));
    let catalogue = gather::catalogue(work.tx(), &app.counter.sources).await?;
    let tried = versions(work.tx(), &catalogue, &input.candidates).await?;
    varied(&mut checks, input, &tried);
    let in_force = present(&work, &catalogue, kind, call).await?;
    fits(&mut checks, input.mode, &tried, &in_force);
    checks.done()?;
    let plan = Plan {
        candidates: input.candidates.clone(),
        digests: digests(&input.candidates, &tried)?,
        mode: input.mode,
        today: in_force
            .iter()
            .map(|rule| rule.reference().version)
            .collect(),
        spans,
        vary: input.vary.clone(),
        by: call.viewer.actor.id,
    };
    let row = incentive_simulation::Model {
        id: new_id(call.at),
        state: IncentiveSimulationState::Queued,
        period: period_of(kind),
        request: serde_json::to_value(&plan)?,
        cursor: None,
        done: 0,
        total: i32::try_from(plan.spans.len()).unwrap_or(i32::MAX),
        failure: None,
        requested_by_name: call.viewer.actor.name.clone(),
        started_at: None,
        ended_at: None,
        released_at: None,
        released_by_name: None,
        released_group: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let (id, detail) = (row.id, json!({ "request": row.request }));
    store::insert(work.tx(), row).await?;
    trace(&mut work, id, "incentive.simulation.start", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Whoever may not see what everybody is paid sees figures that are rounded; of many simulations more would follow than of few.
async fn seldom(work: &Work<'_>) -> Result<()> {
    let call = work.call();
    if sees_all_pay(&call.viewer) {
        return Ok(());
    }
    let since = call.at - TimeDelta::hours(24);
    let plans = store::asked_since(work.tx(), since).await?;
    let mut own = 0;
    for plan in plans {
        let plan: Plan = serde_json::from_value(plan)?;
        own += usize::from(plan.by == call.viewer.actor.id);
    }
    if own < A_DAY {
        return Ok(());
    }
    let text = Text::new(
        format!(
            "Whoever may not see what everybody is paid starts {A_DAY} simulations in 24 hours at most: try again later, or ask somebody who may."
        ),
        format!(
            "无权查看全员薪酬者 24 小时内最多发起 {A_DAY} 次模拟：请稍后再试，或请有权者发起。"
        ),
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input", text).into())
}

/// What each candidate says, in short.
fn digests(candidates: &[Uuid], tried: &[Rule]) -> Result<Vec<String>> {
    let rule = |id: &Uuid| tried.iter().find(|rule| rule.reference().version == *id);
    candidates
        .iter()
        .filter_map(rule)
        .map(|rule| digest(rule.content()))
        .collect()
}

fn bounds(checks: &mut Checks, input: &SimulationStart) {
    let named: BTreeSet<&Uuid> = input.candidates.iter().collect();
    let some = (1..=CANDIDATES).contains(&named.len()) && named.len() == input.candidates.len();
    checks.ensure(some, UserErrorCode::Invalid, "input.candidateIds", || {
        Text::new(
            format!("Name 1 to {CANDIDATES} versions, each once."),
            format!("请指定 1 至 {CANDIDATES} 个版本，不得重复。"),
        )
    });
    let periods = (1..=PERIODS).contains(&input.periods);
    checks.ensure(periods, UserErrorCode::Invalid, "input.periods", || {
        Text::new(
            format!("1 to {PERIODS} periods are tried at once."),
            format!("一次可模拟 1 至 {PERIODS} 个周期。"),
        )
    });
    if let Some(vary) = &input.vary {
        let values: BTreeSet<_> = vary.values.iter().collect();
        let some = (1..=VALUES).contains(&values.len()) && values.len() == vary.values.len();
        checks.ensure(
            some,
            UserErrorCode::Invalid,
            "input.sensitivity.values",
            || {
                Text::new(
                    format!("Name 1 to {VALUES} values, each once."),
                    format!("请指定 1 至 {VALUES} 个取值，不得重复。"),
                )
            },
        );
    }
}

/// The kind of period that the candidates share.
async fn candidates(work: &Work<'_>, checks: &mut Checks, ids: &[Uuid]) -> Result<Period> {
    let (viewer, read) = (
        &work.call().viewer,
        <incentive_rule_version::Entity as Scoped>::READ,
    );
    let found = by_ids::<incentive_rule_version::Entity>(work.tx(), viewer, read, ids).await?;
    let rows: Vec<&incentive_rule_version::Model> = ids
        .iter()
        .enumerate()
        .filter_map(|(place, id)| {
            checks.found(&format!("input.candidateIds.{place}"), found.get(id))
        })
        .collect();
    let kinds: BTreeSet<_> = rows.iter().map(|row| row.period).collect();
    let rules: BTreeSet<_> = rows.iter().map(|row| row.rule_id).collect();
    let alike = kinds.len() == 1 && rules.len() == rows.len();
    checks.ensure(
        alike,
        UserErrorCode::RuleViolated,
        "input.candidateIds",
        || {
            Text::new(
                "All versions are for the same kind of period, and each is of a rule of its own.",
                "所有版本的周期须相同，且分属不同规则。",
            )
        },
    );
    Ok(kinds
        .first()
        .map_or(Period::Month, |kind| plain_period(*kind)))
}

/// The periods that are tried: all of them are over or have begun, and none is so long ago that nothing is known of it.
fn over(checks: &mut Checks, kind: Period, input: &SimulationStart, today: NaiveDate) -> Vec<Span> {
    let last = input.until.unwrap_or_else(|| {
        let open = spans(kind, today, 1);
        open.first()
            .and_then(|span| span.from.pred_opt())
            .unwrap_or(today)
    });
    checks.ensure(last <= today, UserErrorCode::Invalid, "input.until", || {
        Text::new(
            "A simulation looks at the past: name a day that isn't after today.",
            "模拟只针对过去，请指定不晚于今天的日期。",
        )
    });
    let spans = spans(kind, last, input.periods);
    let earliest = today.checked_sub_months(Months::new(12 * YEARS));
    let known = spans
        .first()
        .is_some_and(|span| earliest.is_some_and(|earliest| earliest <= span.from));
    checks.ensure(known, UserErrorCode::Invalid, "input.until", || {
        Text::new(
            format!("A simulation begins {YEARS} years ago at the earliest: name a later day, or fewer periods."),
            format!("模拟最早从 {YEARS} 年前开始：请指定更晚的日期或更少的周期。"),
        )
    });
    spans
}

/// Is there such a parameter, and are the values within its bounds?
fn varied(checks: &mut Checks, input: &SimulationStart, tried: &[Rule]) {
    let Some(vary) = &input.vary else {
        return;
    };
    let rule = tried
        .iter()
        .find(|rule| rule.reference().version == vary.version);
    let rule = checks.found("input.sensitivity.versionId", rule);
    let Some(rule) = rule else {
        return;
    };
    if !rule.parameters().contains_key(&vary.parameter) {
        let text = Text::new("The rule has no such parameter.", "该规则没有此参数。");
        checks.add(UserErrorCode::NotFound, "input.sensitivity.parameter", text);
        return;
    }
    for (place, value) in vary.values.iter().enumerate() {
        let field = format!("input.sensitivity.values.{place}");
        let within = rule.with(&vary.parameter, *value).is_some();
        checks.ensure(within, UserErrorCode::Invalid, &field, || {
            Text::new(
                "This is out of the bounds that the rule gives its parameter.",
                "超出规则为该参数设定的范围。",
            )
        });
    }
}

/// The rules that are in force today.
async fn present(
    work: &Work<'_>,
    catalogue: &Catalogue,
    kind: Period,
    call: &Call,
) -> Result<Vec<Rule>> {
    let day = today(call);
    let span = Span { from: day, to: day };
    in_force(work.tx(), catalogue, kind, span).await
}

/// Do the candidates go together, and with the rules of today beside which they are run?
fn fits(checks: &mut Checks, mode: Mode, tried: &[Rule], in_force: &[Rule]) {
    let own: BTreeSet<Uuid> = tried.iter().map(|rule| rule.reference().rule).collect();
    let stays = |rule: &&Rule| mode == Mode::Beside && !own.contains(&rule.reference().rule);
    let all: Vec<&RuleContent> = in_force
        .iter()
        .filter(stays)
        .chain(tried)
        .map(Rule::content)
        .collect();
    for fault in together(&all) {
        checks.add(
            UserErrorCode::RuleViolated,
            "input.candidateIds",
            fault.told(),
        );
    }
}
