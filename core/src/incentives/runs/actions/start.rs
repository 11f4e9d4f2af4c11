//! Asking for a run (发起计算).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::enums::IncentiveRunState;
use entity::incentive_run;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{actor, told};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::{in_force, period_of};
use crate::incentives::gather;
use crate::incentives::rules::checking::together;
use crate::incentives::rules::content::Period;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::Span;
use crate::incentives::runs::rules::{keys, spans};
use crate::incentives::runs::{RUN_CHANGED, store};
use crate::organisation::today;
use crate::work::{Once, Work};

/// For which period.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Start {
    /// A month, a quarter or a year.
    pub period: Period,
    /// Its first day.
    pub from: NaiveDate,
}

/// Asks for the run of a period that is over, and returns its id. There is one for each kind of period and its days, by the rules in
/// force on its first day: asked again it is found, and only one that was sent back or failed is followed by another attempt.
///
/// # Errors
/// User errors about the period, when it isn't over, its last month is locked or a later one is approved, when no rule is in force, and
/// while goals that rules ask about are still under way; refusals of permission.
pub async fn start(
    app: &App,
    call: &Call,
    input: Start,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::IncentiveRun)?;
    let span = looked_over(call, input)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work
        .once(idempotency_key, "incentiveRunStart", &input)
        .await?;
    if let Once::Repeated(id) = once {
        return Ok(id);
    }
    // Two at once: the second one waits here, and finds the first one's run.
    work.next("incentive_runs").await?;
    let open = store::open_from(work.tx()).await?;
    if open.is_some_and(|open| span.to <= open) {
        let text = Text::new(
            "This period is locked: nothing is worked out for it any more.",
            "该周期已月结锁定，不能再计算。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "input.from", text).into());
    }
    let period = period_of(input.period);
    let last = store::last_attempt(work.tx(), period, span.from).await?;
    let attempt = match last {
        None => 1,
        Some(run) if is_over(run.state) => run.attempt + 1,
        Some(run) => {
            work.done(run.id).await?;
            work.commit().await?;
            return Ok(run.id);
        }
    };
    let decided = store::approved_until(work.tx(), period).await?;
    if decided.is_some_and(|until| span.from < until) {
        let text = Text::new(
            "A later period of that kind is approved already: periods are run in their order.",
            "同类的较晚周期已批准；各周期须依次计算。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "input.from", text).into());
    }
    let rules = rules(app, &work, input.period, span).await?;
    goals_are_closed(&work, &rules, span).await?;
    let versions: Vec<Uuid> = rules.iter().map(|rule| rule.reference().version).collect();
    let row = incentive_run::Model {
        id: new_id(call.at),
        period,
        from_day: span.from,
        until_day: span.to,
        attempt,
        state: IncentiveRunState::Queued,
        rule_set: keys::rule_set(&versions),
        versions: serde_json::to_value(&versions)?,
        snapshot_id: None,
        late: None,
        cursor: None,
        evaluated: 0,
        awards: 0,
        lacks: None,
        spent: None,
        problem: None,
        started_by: actor(call),
        started_by_name: call.viewer.actor.name.clone(),
        calculated_at: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        reason: None,
        booked_until: None,
        booked_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({
        "period": period, "from": span.from, "until": span.to, "attempt": attempt, "versions": versions,
    });
    store::insert(work.tx(), row).await?;
    let names = ("incentive.run.start", RUN_CHANGED);
    told(&mut work, names, ("incentive_run", id), detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

const fn is_over(state: IncentiveRunState) -> bool {
    matches!(
        state,
        IncentiveRunState::Rejected | IncentiveRunState::Failed
    )
}

fn looked_over(call: &Call, input: Start) -> Result<Span> {
    let refused = |code, text| UserError::new(code, "input.from", text);
    let Some(span) = spans::beginning(input.period, input.from) else {
        let text = Text::new(
            "This isn't the first day of such a period.",
            "该日期不是所选周期的首日。",
        );
        return Err(refused(UserErrorCode::Invalid, text).into());
    };
    if today(call) < span.to {
        let text = Text::new(
            format!("This period isn't over: it can be run from {} on.", span.to),
            format!("该周期尚未结束，{} 起可计算。", span.to),
        );
        return Err(refused(UserErrorCode::RuleViolated, text).into());
    }
    Ok(span)
}

/// The rules in force on the first day.
async fn rules(app: &App, work: &Work<'_>, period: Period, span: Span) -> Result<Vec<Rule>> {
    let catalogue = gather::catalogue(work.tx(), &app.counter.sources).await?;
    let rules = in_force(work.tx(), &catalogue, period, span).await?;
    let contents: Vec<_> = rules.iter().map(|rule| rule.content()).collect();
    if let Some(fault) = together(&contents).into_iter().next() {
        let refusal = UserError::new(UserErrorCode::RuleViolated, "input.period", fault.text);
        return Err(refusal.into());
    }
    let twice = rules
        .windows(2)
        .find(|two| two[0].reference().rule == two[1].reference().rule);
    if let Some([one, _]) = twice {
        let title = one.content().title();
        let text = Text::new(
            format!(
                "Two versions of the rule \"{}\" are in force on that day: retire one of them.",
                title.en
            ),
            format!("规则“{}”当日有两个版本同时生效，请停用其一。", title.zh),
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.period", text).into());
    }
    if rules.is_empty() {
        let text = Text::new(
            "No rule for such a period was in force on its first day.",
            "该周期首日没有生效的激励规则。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.from", text).into());
    }
    Ok(rules)
}

/// Waits for goals that end with the period: before the server has closed them nobody knows what they came to, and whoever reached one
/// would get nothing.
async fn goals_are_closed(work: &Work<'_>, rules: &[Rule], span: Span) -> Result<()> {
    let facts: BTreeSet<String> = rules
        .iter()
        .flat_map(|rule| rule.facts().iter().cloned())
        .collect();
    let open = gather::unclosed_goals(work.tx(), span, &facts).await?;
    if open == 0 {
        return Ok(());
    }
    let text = Text::new(
        format!(
            "Goals with a deadline in this period are still under way ({open}). The server closes them within three hours after their last \
             day: ask for the run then, or cancel goals that aren't to count."
        ),
        format!(
            "有 {open} 个在该周期内到期的目标尚未结算。系统会在目标最后一日结束后三小时内结算，请届时再计算；不应计入的目标请先取消。"
        ),
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.from", text).into())
}
