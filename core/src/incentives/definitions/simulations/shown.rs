//! What of a simulation somebody is shown (模拟结果的可见范围).
//!
//! Who may see what all members are paid sees everything. Others see rows of those members only whose pay they may see, and
//! figures of groups only where enough others are behind each of them, on both sides and in the difference.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::result::{Compared, OfRule, Outcome, Point, Spread};

/// Whose pay somebody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Everybody's.
    All,
    /// Theirs.
    Of(BTreeSet<Uuid>),
}

/// What is shown of a result; figures of fewer than `least` members whose pay isn't to be seen are withheld.
#[must_use]
pub fn shown(mut outcome: Outcome, sight: &Sight, least: usize) -> Outcome {
    let Sight::Of(seen) = sight else {
        return outcome;
    };
    let people = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    // A rule for few would tell of each of them whether they meet its condition.
    let narrow = outcome
        .rules
        .iter()
        .any(|rule| rule.candidate && people(rule.people) < least);
    for compared in &mut outcome.comparisons {
        withhold(compared, seen, narrow, least);
    }
    let whole = outcome
        .comparisons
        .iter()
        .map(|one| (one.currency.clone(), one.after.clone()));
    let whole: Vec<(Option<String>, Option<Spread>)> = whole.collect();
    for rule in &mut outcome.rules {
        withhold_rule(rule, narrow, least);
    }
    let hidden: BTreeSet<Uuid> = outcome
        .rules
        .iter()
        .filter(|rule| rule.after.is_none())
        .map(|rule| rule.version)
        .collect();
    outcome
        .budgets
        .retain(|budget| !hidden.contains(&budget.version) && !few(budget.members, least));
    for point in &mut outcome.points {
        withhold_point(point, &whole, least);
    }
    outcome.warnings.retain(|warning| match warning.member {
        Some(member) => seen.contains(&member),
        None => !narrow && !few(warning.members, least),
    });
    outcome
}

/// Is it somebody, but not enough of them?
fn few(count: usize, least: usize) -> bool {
    (1..least).contains(&count)
}

fn withhold(compared: &mut Compared, seen: &BTreeSet<Uuid>, narrow: bool, least: usize) {
    let all = compared.members.len();
    compared.members.retain(|row| seen.contains(&row.0));
    let others = all - compared.members.len();
    let counts = |spread: &Option<Spread>| spread.as_ref().map_or(0, |spread| spread.members);
    let (before, after) = (counts(&compared.before), counts(&compared.after));
    let withheld = narrow
        || [
            others,
            before,
            after,
            compared.gainers.unwrap_or(0),
            compared.losers.unwrap_or(0),
            before.abs_diff(after),
        ]
        .into_iter()
        .any(|count| few(count, least));
    if withheld {
        compared.gainers = None;
        compared.losers = None;
        compared.before = None;
        compared.after = None;
    }
    for spread in [&mut compared.before, &mut compared.after]
        .into_iter()
        .flatten()
    {
        coarse(spread, least);
    }
}

/// Without amounts of single members, and without the share of a tenth that is few.
fn coarse(spread: &mut Spread, least: usize) {
    spread.quantiles = None;
    if few(spread.members.div_ceil(10), least) {
        spread.top_tenth = None;
    }
}

fn withhold_rule(rule: &mut OfRule, narrow: bool, least: usize) {
    let members = |spread: &Option<Spread>| spread.as_ref().map(|spread| spread.members);
    let (before, after) = (members(&rule.before), members(&rule.after));
    let difference = before
        .zip(after)
        .map(|(before, after)| before.abs_diff(after));
    let withheld = narrow
        || [before, after, difference]
            .into_iter()
            .flatten()
            .any(|count| few(count, least));
    if withheld {
        rule.before = None;
        rule.after = None;
        rule.missing.clear();
        rule.against = None;
        rule.cases = 0;
    }
    // A case is somebody's figures.
    if let Some(against) = &mut rule.against {
        against.brings = None;
        against.brings_only = None;
    }
    for spread in [&mut rule.before, &mut rule.after].into_iter().flatten() {
        coarse(spread, least);
    }
}

fn withhold_point(point: &mut Point, whole: &[(Option<String>, Option<Spread>)], least: usize) {
    for (currency, cost) in &mut point.costs {
        let whole = whole.iter().find(|(other, _)| other == currency);
        let beside = whole
            .and_then(|(_, spread)| spread.as_ref())
            .map(|spread| spread.members);
        let enough = cost.as_ref().zip(beside).is_some_and(|(spread, beside)| {
            !few(spread.members, least) && !few(spread.members.abs_diff(beside), least)
        });
        if !enough {
            *cost = None;
        }
        if let Some(spread) = cost {
            coarse(spread, least);
        }
    }
}

#[cfg(test)]
#[path = "shown_tests.rs"]
mod tests;
