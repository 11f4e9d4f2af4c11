//! What a run comes to, told so that nobody's pay follows from it (批次汇总).
//!
//! To whoever may not see everybody's pay, a rule is told by its name only where fewer members get something from it than the least
//! group of figures, or nobody, or where one of them gets more than half. What others give is rounded ([`coarse`]): of two rules
//! that pay the same people but one, the difference would be that one's amount. Where rules of a currency are left out, neither is
//! their sum told. Nothing is told of a run that is still being worked out or was sent back.

use std::collections::{BTreeMap, HashMap};

use entity::enums::IncentiveKind;
use uuid::Uuid;

use super::store::{self, RuleTotal};
use crate::access::{Call, Permission};
use crate::db::Db;
use crate::error::Result;
use crate::incentives::coarse::{self, dominated};
use crate::incentives::definitions::kind_of;
use crate::incentives::sees_all_pay;
use crate::settings::{self, catalogue::METRICS_MINIMUM_GROUP};

/// What a rule gives in a run, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The run.
    pub run_id: Uuid,
    /// The rule.
    pub rule_id: Uuid,
    /// What it gives.
    pub kind: IncentiveKind,
    /// The currency; none when things are given.
    pub currency: Option<String>,
    /// How much; none where too few members are behind it, or one is most of it.
    pub given: Option<Given>,
    /// Is the amount rounded?
    pub rounded: bool,
    /// By fact: for how many members, teams or records it wasn't known, without those of too few.
    pub missing: BTreeMap<String, u64>,
    /// For how many of them the rule couldn't be computed; none where too few are behind it, or nobody noted it.
    pub failed: Option<u64>,
}

/// How much a rule gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// How many members get something.
    pub members: i64,
    /// How many awards there are.
    pub awards: i64,
    /// What they come to, in minor units or things.
    pub amount: i64,
}

/// May everything be told: does the viewer see everybody's pay?
#[must_use]
pub fn sees_all(call: &Call) -> bool {
    sees_all_pay(&call.viewer)
}

/// What each rule of these runs gives, by run; six statements at most.
///
/// # Errors
/// Refusals of permission; when the database fails.
pub async fn totals(db: &Db, call: &Call, runs: &[Uuid]) -> Result<HashMap<Uuid, Vec<Told>>> {
    call.viewer.require(Permission::IncentiveRunRead)?;
    let reader = db.reader();
    let runs = store::told_of(reader, runs).await?;
    if runs.is_empty() {
        return Ok(HashMap::new());
    }
    let lacks = store::lacks_of(reader, &runs).await?;
    let mut rules: Vec<Told> = store::contents_in_runs(reader, &runs)
        .await?
        .into_iter()
        .map(|((run_id, rule_id), content)| {
            let noted = lacks.get(&run_id);
            let lacks = noted.map(|rules| rules.get(&rule_id).cloned().unwrap_or_default());
            Told {
                run_id,
                rule_id,
                kind: kind_of(content.kind),
                currency: content.currency,
                given: None,
                rounded: false,
                failed: lacks.as_ref().map(|lacks| lacks.failed),
                missing: lacks.unwrap_or_default().missing,
            }
        })
        .collect();
    rules.sort_by_key(|rule| (rule.run_id, rule.rule_id));
    let rows = store::totals_of(reader, &runs).await?;
    let least = if sees_all(call) {
        None
    } else {
        // Of two, each would know the other's from the sum.
        Some(settings::read(reader, &METRICS_MINIMUM_GROUP).await?.max(3))
    };
    let mut by_run: HashMap<Uuid, Vec<Told>> = HashMap::new();
    for one in told(rules, &rows, least) {
        by_run.entry(one.run_id).or_default().push(one);
    }
    Ok(by_run)
}

/// What each rule gives; for groups of `least` members, or exact where there is none to keep anything from.
fn told(rules: Vec<Told>, rows: &[RuleTotal], least: Option<i64>) -> Vec<Told> {
    rules
        .into_iter()
        .map(|rule| {
            let row = rows
                .iter()
                .find(|row| (row.run_id, row.rule_id) == (rule.run_id, rule.rule_id));
            let given = match least {
                None => Some(row.map_or_else(Given::default, exact)),
                Some(least) => row.and_then(|row| of_a_group(row, least)),
            };
            let mut missing = rule.missing;
            missing.retain(|_, count| is_told(*count, given, least));
            let failed = rule.failed;
            Told {
                given,
                rounded: least.is_some(),
                missing,
                failed: failed.filter(|count| is_told(*count, given, least)),
                ..rule
            }
        })
        .collect()
}

/// May it be told for how many something was lacking? Not of few, nor where what the rule gives is withheld, of which it would tell.
fn is_told(count: u64, given: Option<Given>, least: Option<i64>) -> bool {
    let enough = |least: i64| i64::try_from(count).is_ok_and(|count| count >= least);
    least.is_none_or(|least| given.is_some() && enough(least))
}

fn exact(row: &RuleTotal) -> Given {
    Given {
        members: row.members,
        awards: row.awards,
        amount: row.amount,
    }
}

fn of_a_group(row: &RuleTotal, least: i64) -> Option<Given> {
    let tells = row.members >= least && !dominated(row.largest, row.amount);
    tells.then(|| Given {
        amount: coarse::round(row.amount, coarse::step(row.largest)),
        ..exact(row)
    })
}

/// Is something withheld of a run, so that the number of its awards would tell it?
#[must_use]
pub fn withheld(rows: &[Told]) -> bool {
    rows.is_empty() || rows.iter().any(|row| row.given.is_none())
}

/// What all rules give together by currency, as far as it may be told: those in money only, and as they are told.
#[must_use]
pub fn together(rows: &[Told]) -> BTreeMap<String, Option<i64>> {
    let mut sums: BTreeMap<String, Option<i64>> = BTreeMap::new();
    for row in rows {
        let Some(currency) = &row.currency else {
            continue;
        };
        let amount = row.given.map(|given| given.amount);
        let signed = match row.kind {
            IncentiveKind::Deduction => amount.map(|amount| -amount),
            _ => amount,
        };
        let sum = sums.entry(currency.clone()).or_insert(Some(0));
        *sum = sum
            .zip(signed)
            .and_then(|(sum, amount)| sum.checked_add(amount));
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(rule: u128, currency: &str) -> Told {
        Told {
            run_id: Uuid::nil(),
            rule_id: Uuid::from_u128(rule),
            kind: IncentiveKind::Bonus,
            currency: Some(currency.to_owned()),
            given: None,
            rounded: false,
            missing: BTreeMap::new(),
            failed: Some(0),
        }
    }

    /// What everybody gets the same of.
    fn row(rule: u128, members: i64, amount: i64) -> RuleTotal {
        RuleTotal {
            run_id: Uuid::nil(),
            rule_id: Uuid::from_u128(rule),
            members,
            awards: members,
            amount,
            largest: amount / members,
        }
    }

    #[test]
    fn what_few_or_nobody_get_isnt_told_and_doesnt_follow_from_the_sum() {
        let rules = || {
            vec![
                rule(1, "CNY"),
                rule(2, "CNY"),
                rule(3, "USD"),
                rule(4, "EUR"),
            ]
        };
        let rows = [row(1, 10, 5_000), row(2, 1, 700), row(3, 5, 300)];
        let few = told(rules(), &rows, Some(5));
        let given = |told: &[Told]| -> Vec<Option<(i64, i64)>> {
            let plain = |given: Given| (given.members, given.amount);
            told.iter().map(|row| row.given.map(plain)).collect()
        };
        // Of five times 60 the step is 200.
        assert_eq!(given(&few), [Some((10, 5_000)), None, Some((5, 400)), None]);
        assert!(withheld(&few) && withheld(&[]));
        let sums = together(&few);
        assert_eq!(
            (sums["CNY"], sums["USD"], sums["EUR"]),
            (None, Some(400), None)
        );
        let all = told(rules(), &rows, None);
        assert_eq!(given(&all)[3], Some((0, 0)));
        assert!(!withheld(&all));
        assert_eq!(together(&all)["CNY"], Some(5_700));
    }

    #[test]
    fn what_was_lacking_for_few_isnt_told_nor_where_the_rule_isnt() {
        let lacking = |n: u128| Told {
            missing: BTreeMap::from([
                ("exam.score".to_owned(), 4),
                ("goal.progress".to_owned(), 5),
            ]),
            failed: Some(4),
            ..rule(n, "CNY")
        };
        let rows = [row(1, 10, 5_000)];
        let shown = |least| -> Vec<(Vec<u64>, Option<u64>)> {
            told(vec![lacking(1), lacking(2)], &rows, least)
                .into_iter()
                .map(|told| (told.missing.into_values().collect(), told.failed))
                .collect()
        };
        assert_eq!(shown(None), [(vec![4, 5], Some(4)), (vec![4, 5], Some(4))]);
        assert_eq!(shown(Some(5)), [(vec![5], None), (Vec::new(), None)]);
        assert_eq!(shown(Some(4)), [(vec![4, 5], Some(4)), (Vec::new(), None)]);
    }

    #[test]
    fn of_two_rules_that_differ_in_one_member_the_difference_isnt_what_that_one_gets() {
        let with = |others: i64, one: i64| RuleTotal {
            largest: one.max(100),
            ..row(1, 7, others + one)
        };
        let shown = |total: RuleTotal| told(vec![rule(1, "CNY")], &[total], Some(5))[0].given;
        for one in [1, 40, 99, 100, 160, 250] {
            let without = shown(row(1, 6, 600)).expect("enough of them").amount;
            let difference = shown(with(600, one)).expect("enough of them").amount - without;
            assert!(
                (difference - one).abs() * 2 >= one,
                "{difference} for {one}"
            );
        }
        // Who gets most of it would follow well enough.
        assert_eq!(shown(with(600, 601)), None);
    }
}
