//! What of a simulation somebody is shown (模拟结果的可见范围).
//!
//! Who may see what all members are paid sees everything. Others see rows of those members only whose pay they may see, and
//! figures of groups only where enough others are behind each of them, on both sides and in the difference, and where no single
//! one is most of it. Where a rule is withheld, so is what its currency comes to together, from which it would follow. What is
//! left is rounded so that no member moves a figure by more than half a step: what follows from several figures about one member
//! is less certain than the amount is large.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::result::{Compared, OfBudget, OfRule, Outcome, Point, Spread, Warned, concentrations};
use crate::decimal::{Decimal, SCALE};
use crate::incentives::coarse::{dominated, round, step};
use crate::incentives::rules::guard_rails::{Risk, Thresholds};
use crate::incentives::rules::simulation::largest;

/// Whose pay somebody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everybody's.
    All,
    /// Theirs.
    Of(BTreeSet<Uuid>),
}

/// To what the Gini coefficient is rounded, in parts of [`SCALE`].
const GINI: i64 = SCALE / 20;
/// To what the share of a tenth is rounded: percent, in parts of [`SCALE`].
const TOP_TENTH: i64 = 5 * SCALE;

/// What is shown of a result; figures of fewer than `least` members whose pay isn't to be seen are withheld.
#[must_use]
pub fn shown(mut outcome: Outcome, sight: &Sight, least: usize) -> Outcome {
    let Sight::Of(seen) = sight else {
        return outcome;
    };
    let own = |one: &Compared| {
        one.members
            .iter()
            .filter(|row| seen.contains(&row.0))
            .count()
    };
    let seen_of = outcome.comparisons.iter();
    let eyes = Eyes {
        least,
        // A rule for few would tell of each of them whether they meet its condition.
        narrow: outcome
            .rules
            .iter()
            .any(|rule| rule.candidate && is_for_few(rule, least)),
        seen: seen_of
            .map(|one| (one.currency.clone(), own(one)))
            .collect(),
    };
    let hidden: BTreeSet<Uuid> = outcome
        .rules
        .iter()
        .filter(|rule| eyes.hides(rule))
        .map(|rule| rule.version)
        .collect();
    // What all rules come to without those that are shown is what the others come to.
    let short: BTreeSet<Option<String>> = outcome
        .rules
        .iter()
        .filter(|rule| hidden.contains(&rule.version))
        .map(|rule| rule.currency.clone())
        .collect();
    let whole = outcome.comparisons.iter();
    let whole: BTreeMap<Option<String>, usize> = whole
        .map(|one| (one.currency.clone(), members(one.after.as_ref())))
        .collect();
    for rule in &mut outcome.rules {
        eyes.rule(rule, hidden.contains(&rule.version));
    }
    for one in &mut outcome.comparisons {
        eyes.comparison(one, seen, short.contains(&one.currency));
    }
    // What a value of the parameter comes to may be what the candidates come to as they are.
    let withheld = outcome.comparisons.iter();
    let withheld = withheld.filter(|one| one.after.is_none());
    let withheld = withheld.map(|one| one.currency.clone());
    let withheld: BTreeSet<Option<String>> = withheld.chain(short).collect();
    for point in &mut outcome.points {
        eyes.point(point, &whole, &withheld);
    }
    // A period that is left out would follow from what later ones say was spent: a budget is told for all of them, or for none.
    let shut: BTreeSet<Uuid> = outcome
        .budgets
        .iter()
        .filter(|budget| hidden.contains(&budget.version) || eyes.shuts(budget))
        .map(|budget| budget.version)
        .collect();
    outcome
        .budgets
        .retain(|budget| !shut.contains(&budget.version));
    rounded(&mut outcome.budgets);
    outcome.warnings = warned(&outcome, seen, &hidden, least);
    outcome
}

/// Is it somebody, but not enough of them?
fn few(count: usize, least: usize) -> bool {
    (1..least).contains(&count)
}

fn is_for_few(rule: &OfRule, least: usize) -> bool {
    usize::try_from(rule.people).unwrap_or(usize::MAX) < least
}

fn members(spread: Option<&Spread>) -> usize {
    spread.map_or(0, |spread| spread.members)
}

struct Eyes {
    least: usize,
    /// Nothing is shown at all.
    narrow: bool,
    /// By currency: how many of those who get something the viewer sees anyway.
    seen: BTreeMap<Option<String>, usize>,
}

impl Eyes {
    /// Are they somebody, but without those whom the viewer sees not enough? Which of these are among them isn't known, so all
    /// are taken to be.
    fn few(&self, count: usize, currency: &Option<String>) -> bool {
        let seen = self.seen.get(currency).copied().unwrap_or(0);
        count > 0 && count.saturating_sub(seen) < self.least
    }

    fn hides(&self, rule: &OfRule) -> bool {
        let few = |count: usize| self.few(count, &rule.currency);
        let sides = || [&rule.before, &rule.after].into_iter().flatten();
        let difference = match (&rule.before, &rule.after) {
            (Some(before), Some(after)) => before.members.abs_diff(after.members),
            _ => 0,
        };
        self.narrow
            || is_for_few(rule, self.least)
            || few(rule.moved)
            || few(difference)
            || sides().any(|side| few(side.members) || dominated(side.largest, side.total))
    }

    fn rule(&self, rule: &mut OfRule, hidden: bool) {
        // A case is somebody's figures; that there is one tells where they lie.
        rule.against = None;
        if hidden {
            rule.before = None;
            rule.after = None;
            rule.missing.clear();
            rule.cases = 0;
        }
        rule.missing
            .retain(|_, cases| usize::try_from(*cases).is_ok_and(|cases| cases >= self.least));
        for spread in [&mut rule.before, &mut rule.after].into_iter().flatten() {
            coarse(spread, self.least);
        }
    }

    fn comparison(&self, compared: &mut Compared, seen: &BTreeSet<Uuid>, short: bool) {
        let (own, others): (Vec<_>, Vec<_>) = std::mem::take(&mut compared.members)
            .into_iter()
            .partition(|row| seen.contains(&row.0));
        compared.members = own;
        let before: Vec<i64> = others.iter().map(|row| row.1).collect();
        let after: Vec<i64> = others.iter().map(|row| row.2).collect();
        let some = |side: &[i64]| side.iter().filter(|amount| **amount != 0).count();
        let gainers = others.iter().filter(|row| row.2 > row.1).count();
        let losers = others.iter().filter(|row| row.2 < row.1).count();
        let one_of_them = |side: &[i64]| {
            let sum = side
                .iter()
                .fold(0, |sum: i64, one| sum.saturating_add(*one));
            dominated(largest(side.iter().copied()), sum)
        };
        let counts = [
            others.len(),
            some(&before),
            some(&after),
            some(&before).abs_diff(some(&after)),
            gainers,
            losers,
        ];
        let withheld = self.narrow
            || short
            || counts.into_iter().any(|count| few(count, self.least))
            || one_of_them(&before)
            || one_of_them(&after);
        if withheld {
            compared.gainers = None;
            compared.losers = None;
            compared.before = None;
            compared.after = None;
        }
        let sides = [&mut compared.before, &mut compared.after];
        for spread in sides.into_iter().flatten() {
            coarse(spread, self.least);
        }
    }

    fn point(
        &self,
        point: &mut Point,
        whole: &BTreeMap<Option<String>, usize>,
        hidden: &BTreeSet<Option<String>>,
    ) {
        for (currency, cost) in &mut point.costs {
            let beside = whole.get(currency).copied().unwrap_or(0);
            let withheld = self.narrow
                || hidden.contains(currency)
                || cost.as_ref().is_none_or(|spread| {
                    self.few(spread.members, currency)
                        || self.few(spread.members.abs_diff(beside), currency)
                        || dominated(spread.largest, spread.total)
                });
            if withheld {
                *cost = None;
            }
            if let Some(spread) = cost {
                coarse(spread, self.least);
            }
        }
    }

    fn shuts(&self, budget: &OfBudget) -> bool {
        let few = |count: usize| self.few(count, &budget.currency);
        let least = if budget.members > 0 {
            budget.given
        } else {
            budget.asked
        };
        few(budget.members) || few(budget.asking) || dominated(budget.largest, least)
    }
}

/// Without amounts of single members, and rounded.
fn coarse(spread: &mut Spread, least: usize) {
    spread.quantiles = None;
    let near = |figure: Option<Decimal>, step: i64| {
        let enough = spread.members >= least.saturating_mul(10);
        figure
            .filter(|_| enough)
            .map(|figure| Decimal(round(figure.0, step)))
    };
    spread.gini = near(spread.gini, GINI);
    // Rounded up to the threshold it would warn of what isn't there.
    let warns = Thresholds::default().top_tenth;
    let most = match spread.top_tenth {
        Some(exact) if exact < warns => Decimal(warns.0 - TOP_TENTH),
        _ => Decimal(i64::MAX),
    };
    spread.top_tenth = near(spread.top_tenth, TOP_TENTH).map(|shown| shown.min(most));
    spread.total = round(spread.total, step(spread.largest));
    spread.largest = 0;
}

/// The sums of each row by what a member can have asked for by then.
fn rounded(budgets: &mut [OfBudget]) {
    let mut before: BTreeMap<Uuid, i64> = BTreeMap::new();
    budgets.sort_by_key(|budget| budget.span.from);
    for budget in budgets {
        let earlier = before.entry(budget.version).or_default();
        budget.spent = round(budget.spent, step(*earlier));
        *earlier = earlier.saturating_add(budget.largest);
        let step = step(budget.largest);
        budget.asked = round(budget.asked, step);
        budget.given = round(budget.given, step);
        budget.largest = 0;
    }
}

/// Warnings from the figures that are shown, those about members whose pay is to be seen, and about how many others each risk is: of
/// those whom a rule gives something that isn't withheld.
fn warned(
    outcome: &Outcome,
    seen: &BTreeSet<Uuid>,
    hidden: &BTreeSet<Uuid>,
    least: usize,
) -> Vec<Warned> {
    let mut others: BTreeMap<Risk, Others> = BTreeMap::new();
    let mut warned = concentrations(&outcome.comparisons, &outcome.rules);
    for one in &outcome.warnings {
        match one.member {
            Some(member) if seen.contains(&member) => warned.push(one.clone()),
            Some(member) if one.version.is_none_or(|one| !hidden.contains(&one)) => {
                let others = others.entry(one.risk).or_default();
                others.members.insert(member);
                others.versions.extend(one.version);
            }
            _ => {}
        }
    }
    let enough = others
        .into_iter()
        .filter(|(_, others)| others.members.len() >= least);
    warned.extend(enough.map(|(risk, others)| others.together(risk, least)));
    warned
}

/// Members about whom there is the same to ask, and by which versions.
#[derive(Default)]
struct Others {
    members: BTreeSet<Uuid>,
    versions: BTreeSet<Uuid>,
}

impl Others {
    fn together(&self, risk: Risk, least: usize) -> Warned {
        let members = self.members.len();
        let text = risk.together(members);
        let count = |count: usize| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            Decimal(count.saturating_mul(SCALE))
        };
        let mut versions = self.versions.iter();
        Warned {
            risk,
            version: versions
                .next()
                .filter(|_| self.versions.len() == 1)
                .copied(),
            member: None,
            members,
            figure: count(members),
            threshold: count(least),
            en: text.en.into_owned(),
            zh: text.zh.into_owned(),
        }
    }
}

#[cfg(test)]
#[path = "shown_tests.rs"]
mod tests;
