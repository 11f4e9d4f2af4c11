//! What a candidate would give compared with today's rules (模拟对比).
//!
//! Both are run over the same facts and settled; what comes out is compared here. Amounts of single members are in
//! [`Comparison::members`] and [`Distribution`]; what of it somebody is shown who may not see pay is decided where it is shown.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::rule::Rule;
use crate::decimal::{Decimal, SCALE};

/// What a member gets by a rule in a period, after everything was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The rule.
    pub rule: Uuid,
    /// The member.
    pub member: Uuid,
    /// The currency; none for things.
    pub currency: Option<String>,
    /// In minor units or things; below nought for what is taken off.
    pub amount: i64,
}

/// A member before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The member.
    pub member: Uuid,
    /// By today's rules.
    pub before: i64,
    /// By the candidate.
    pub after: i64,
}

/// How amounts are spread over members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    /// How many members get something.
    pub members: usize,
    /// What they get together.
    pub total: i128,
    /// The largest of them, whichever way it goes: an amount of a single member, never shown.
    pub largest: i64,
    /// The amounts below which 10, 25, 50, 75 and 90 of a hundred members lie, by nearest rank: amounts of single members.
    /// None where nobody gets anything, or where they aren't to be seen.
    pub quantiles: Option<[i64; 5]>,
    /// The Gini coefficient of those above nought: 0 when all get the same, near 1 when one gets all.
    pub gini: Option<Decimal>,
    /// The share, in percent, of the tenth that gets most; of fewer than ten members, of the one who does.
    pub top_tenth: Option<Decimal>,
}

/// What changes in one currency, or in things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The currency; none for things.
    pub currency: Option<String>,
    /// Everybody who gets something by either, by id.
    pub members: Vec<Change>,
    /// How many get more.
    pub gainers: usize,
    /// How many get less.
    pub losers: usize,
    /// By today's rules.
    pub before: Distribution,
    /// By the candidate.
    pub after: Distribution,
}

/// What changes, by currency.
#[must_use]
pub fn compare(before: &[Given], after: &[Given]) -> Vec<Comparison> {
    let (old, new) = (by_member(before), by_member(after));
    let currencies: BTreeSet<&Option<String>> = old
        .keys()
        .chain(new.keys())
        .map(|(currency, _)| currency)
        .collect();
    currencies
        .into_iter()
        .map(|currency| {
            let of = |all: &Sums| -> BTreeMap<Uuid, i64> {
                all.iter()
                    .filter(|((other, _), _)| other == currency)
                    .map(|((_, member), amount)| (*member, *amount))
                    .collect()
            };
            let (old, new) = (of(&old), of(&new));
            let everybody: BTreeSet<Uuid> = old.keys().chain(new.keys()).copied().collect();
            let members: Vec<Change> = everybody
                .into_iter()
                .map(|member| Change {
                    member,
                    before: old.get(&member).copied().unwrap_or(0),
                    after: new.get(&member).copied().unwrap_or(0),
                })
                .collect();
            Comparison {
                currency: currency.clone(),
                gainers: members.iter().filter(|one| one.after > one.before).count(),
                losers: members.iter().filter(|one| one.after < one.before).count(),
                members,
                before: distribution(old.into_values()),
                after: distribution(new.into_values()),
            }
        })
        .collect()
}

type Sums = BTreeMap<(Option<String>, Uuid), i64>;

fn by_member(given: &[Given]) -> Sums {
    let mut sums = Sums::new();
    for one in given {
        let sum = sums.entry((one.currency.clone(), one.member)).or_default();
        *sum = sum.saturating_add(one.amount);
    }
    sums
}

/// How amounts are spread; those of nought don't count.
#[must_use]
pub fn distribution(amounts: impl IntoIterator<Item = i64>) -> Distribution {
    let mut amounts: Vec<i64> = amounts.into_iter().filter(|amount| *amount != 0).collect();
    amounts.sort_unstable();
    let total = amounts.iter().map(|amount| i128::from(*amount)).sum();
    let above: Vec<i128> = amounts
        .iter()
        .filter(|amount| **amount > 0)
        .map(|amount| i128::from(*amount))
        .collect();
    Distribution {
        members: amounts.len(),
        total,
        largest: largest(amounts.iter().copied()),
        quantiles: quantiles(&amounts),
        gini: gini(&above),
        top_tenth: top_tenth(&above),
    }
}

/// The largest of some amounts, whichever way it goes.
#[must_use]
pub fn largest(amounts: impl IntoIterator<Item = i64>) -> i64 {
    let sizes = amounts.into_iter().map(i64::saturating_abs);
    sizes.max().unwrap_or(0)
}

fn quantiles(sorted: &[i64]) -> Option<[i64; 5]> {
    let at = |percent: usize| {
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied()
    };
    Some([at(10)?, at(25)?, at(50)?, at(75)?, at(90)?])
}

/// Of ascending amounts `x` with places `i` from 1: `(2 * sum(i * x) - (n + 1) * sum(x)) / (n * sum(x))`.
fn gini(sorted: &[i128]) -> Option<Decimal> {
    let count = i128::try_from(sorted.len()).ok()?;
    let sum: i128 = sorted.iter().sum();
    let weighted: i128 = (1..)
        .zip(sorted)
        .map(|(place, amount): (i128, &i128)| place * amount)
        .sum();
    fraction(2 * weighted - (count + 1) * sum, count * sum)
}

fn top_tenth(sorted: &[i128]) -> Option<Decimal> {
    let most = sorted.len().div_ceil(10);
    let top: i128 = sorted.iter().rev().take(most).sum();
    fraction(top * 100, sorted.iter().sum())
}

/// A quotient to four decimals, halves up; none when it is divided by nought.
pub(super) fn fraction(over: i128, under: i128) -> Option<Decimal> {
    if under <= 0 {
        return None;
    }
    let parts = (over * i128::from(SCALE) * 2 + under).div_euclid(under * 2);
    i64::try_from(parts).ok().map(Decimal)
}

/// What became of a rule's budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetUse {
    /// The rule.
    pub rule: Uuid,
    /// The budget.
    pub budget: i64,
    /// What was spent of it before.
    pub spent: i64,
    /// What the rule would give without it, now.
    pub asked: i128,
    /// What it gives.
    pub given: i128,
}

impl BudgetUse {
    /// How much of the budget is gone, in percent.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        fraction(
            (i128::from(self.spent) + self.given) * 100,
            self.budget.into(),
        )
    }

    /// Doesn't it suffice?
    #[must_use]
    pub const fn is_exhausted(&self) -> bool {
        self.given < self.asked
    }
}

/// What becomes of a rule's budget; none when it has none. `asks` are what its awards come to before the budget and after it.
#[must_use]
pub fn budget_use(
    rule: &Rule,
    spent: i64,
    asks: impl IntoIterator<Item = (i64, i64)>,
) -> Option<BudgetUse> {
    let budget = rule.content().budget.as_ref()?.amount;
    let (asked, given) = asks
        .into_iter()
        .fold((0, 0), |(asked, given), (before, after)| {
            (asked + i128::from(before), given + i128::from(after))
        });
    Some(BudgetUse {
        rule: rule.reference().rule,
        budget,
        spent,
        asked,
        given,
    })
}

/// What a rule costs with one value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The value.
    pub value: Decimal,
    /// What comes out, by currency; none when the value is out of the parameter's bounds.
    pub costs: Option<Vec<(Option<String>, Distribution)>>,
}

/// The most values of a parameter that are tried at once.
pub const POINTS: usize = 20;

/// What comes out for several values of a parameter, all else being equal. `run` runs the whole set of rules with the changed
/// one in its place.
pub fn sensitivity(
    rule: &Rule,
    key: &str,
    values: &[Decimal],
    mut run: impl FnMut(&Rule) -> Vec<Given>,
) -> Vec<Point> {
    values
        .iter()
        .take(POINTS)
        .map(|value| Point {
            value: *value,
            costs: rule.with(key, *value).map(|rule| costs(&run(&rule))),
        })
        .collect()
}

/// How what is given is spread, by currency.
#[must_use]
pub fn costs(given: &[Given]) -> Vec<(Option<String>, Distribution)> {
    let mut amounts: BTreeMap<Option<String>, Vec<i64>> = BTreeMap::new();
    for ((currency, _), amount) in by_member(given) {
        amounts.entry(currency).or_default().push(amount);
    }
    amounts
        .into_iter()
        .map(|(currency, amounts)| (currency, distribution(amounts)))
        .collect()
}

#[cfg(test)]
#[path = "simulation_tests.rs"]
mod tests;
