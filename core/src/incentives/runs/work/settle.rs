//! Holding the awards of a run together: caps, groups, budgets (汇总核定).

use std::collections::BTreeMap;

use entity::enums::IncentiveRunState;
use entity::{incentive_rule_version, incentive_run};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{lost, rules_of, told, unchanged};
use crate::access::Call;
use crate::db::Db;
use crate::error::Result;
use crate::incentives::definitions::content_of;
use crate::incentives::rules::content::{Period, RuleContent};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::settle::{Pending, Settled, settle};
use crate::incentives::rules::trace::{Nothing, Step};
use crate::incentives::runs::rules::spans;
use crate::incentives::runs::store::{self, Checked, Light};
use crate::metrics::counting::Counter;
use crate::work::Work;

/// Awards that are changed in one transaction.
const BATCH: usize = 2_000;
/// Awards that are changed by one statement.
const AT_ONCE: usize = 100;

/// What became of an award together with others, as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rest {
    /// The steps that changed it.
    pub steps: Vec<Step>,
    /// Why nothing is left, where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nothing: Option<Nothing>,
}

/// Settles a run: what was spent before is noted first, and by that everything follows.
pub(super) async fn all(
    db: &Db,
    counter: &Counter,
    call: &Call,
    run: &incentive_run::Model,
) -> Result<()> {
    let (_, rules) = rules_of(db.reader(), counter, run).await?;
    let run = match &run.spent {
        Some(_) => run.clone(),
        None => noted(db, call, run, &rules).await?,
    };
    let awards = store::pending(db.reader(), run.id).await?;
    let changed = settled_of(&run, &rules, &awards)?;
    let mut run = run;
    let after: Option<Uuid> = match &run.cursor {
        Some(cursor) => serde_json::from_value(cursor.clone())?,
        None => None,
    };
    let left: Vec<&Checked> = changed
        .iter()
        .filter(|row| after.is_none_or(|after| after < row.id))
        .collect();
    for some in left.chunks(BATCH) {
        let work = Work::begin(db, call).await?;
        let now = unchanged(&work, &run).await?.ok_or_else(lost)?;
        for few in some.chunks(AT_ONCE) {
            let rows: Vec<Checked> = few.iter().map(|row| (*row).clone()).collect();
            store::put_settled(work.tx(), &rows).await?;
        }
        let row = incentive_run::Model {
            cursor: some.last().map(|row| json!(row.id)),
            ..now
        };
        run = store::save(work.tx(), row, call.at).await?;
        work.commit().await?;
    }
    let mut work = Work::begin(db, call).await?;
    let now = unchanged(&work, &run).await?.ok_or_else(lost)?;
    let row = incentive_run::Model {
        state: IncentiveRunState::Calculated,
        cursor: None,
        calculated_at: Some(call.at),
        ..now
    };
    store::save(work.tx(), row, call.at).await?;
    // How many awards there are or were cut would tell of few people to whoever reads the log.
    told(&mut work, run.id, "incentive.run.calculated", json!({}));
    work.commit().await
}

/// Notes what the rules had given, as approved, within the time of their budgets.
async fn noted(
    db: &Db,
    call: &Call,
    run: &incentive_run::Model,
    rules: &[Rule],
) -> Result<incentive_run::Model> {
    let work = Work::begin(db, call).await?;
    let now = unchanged(&work, run).await?.ok_or_else(lost)?;
    let budgets: Vec<(Uuid, Period)> = rules
        .iter()
        .filter_map(|rule| budget_of(rule.reference().rule, rule.content()))
        .collect();
    let spent = spent(work.tx(), run, &budgets).await?;
    let row = incentive_run::Model {
        spent: Some(serde_json::to_value(&spent)?),
        ..now
    };
    let run = store::save(work.tx(), row, call.at).await?;
    work.commit().await?;
    Ok(run)
}

/// Is still as much spent of the budgets of a run, whose versions these are, as was noted when it was settled?
///
/// # Errors
/// When the database fails, or a row doesn't hold what it should.
pub async fn spent_as_noted(
    connection: &impl ConnectionTrait,
    run: &incentive_run::Model,
    versions: &[incentive_rule_version::Model],
) -> Result<bool> {
    let mut budgets = Vec::new();
    for version in versions {
        budgets.extend(budget_of(version.rule_id, &content_of(version)?));
    }
    Ok(spent(connection, run, &budgets).await? == spent_of(run)?)
}

/// For which time the budget of a rule is; none where it has none.
fn budget_of(rule: Uuid, content: &RuleContent) -> Option<(Uuid, Period)> {
    let budget = content.budget.as_ref()?;
    Some((rule, budget.period))
}

async fn spent(
    connection: &impl ConnectionTrait,
    run: &incentive_run::Model,
    budgets: &[(Uuid, Period)],
) -> Result<BTreeMap<Uuid, i64>> {
    let mut times: BTreeMap<(chrono::NaiveDate, chrono::NaiveDate), Vec<Uuid>> = BTreeMap::new();
    for (rule, period) in budgets {
        if let Some(span) = spans::around(*period, run.from_day) {
            let of = times.entry((span.from, span.to)).or_default();
            of.push(*rule);
        }
    }
    let mut spent = BTreeMap::new();
    for (days, rules) in times {
        spent.extend(store::spent_by(connection, &rules, days, run.id).await?);
    }
    Ok(spent)
}

/// What was spent before, as it was noted.
fn spent_of(run: &incentive_run::Model) -> Result<BTreeMap<Uuid, i64>> {
    Ok(match &run.spent {
        Some(spent) => serde_json::from_value(spent.clone())?,
        None => BTreeMap::new(),
    })
}

/// The awards of a run that change when all are held together, by id: they follow from what the rules gave and what is noted as
/// spent before.
///
/// # Errors
/// When the row doesn't hold what it should.
pub fn settled_of(
    run: &incentive_run::Model,
    rules: &[Rule],
    awards: &[Light],
) -> Result<Vec<Checked>> {
    let spent = spent_of(run)?;
    let rules: Vec<&Rule> = rules.iter().collect();
    let pending: Vec<Pending> = awards.iter().map(|award| award.pending.clone()).collect();
    let settled = settle(&rules, &pending, &|rule| {
        spent.get(&rule).copied().unwrap_or(0)
    });
    awards
        .iter()
        .zip(settled)
        .filter(|(_, settled)| !settled.steps.is_empty())
        .map(|(award, settled)| checked(award.id, settled))
        .collect()
}

fn checked(id: Uuid, settled: Settled) -> Result<Checked> {
    let rest = Rest {
        steps: settled.steps,
        nothing: settled.nothing,
    };
    Ok(Checked {
        id,
        amount: settled.amount,
        steps: serde_json::to_string(&rest)?,
    })
}
