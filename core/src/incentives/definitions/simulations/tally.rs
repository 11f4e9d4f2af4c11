//! Putting the periods of a simulation together, one after the other (跨周期汇总).

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::batch::Seen;
use super::period::{AFTER, Budget, Sum, Whole, signed};
use super::plan::Plan;
use super::result::{
    Compared, Conduct, OfBudget, OfRule, Outcome, Point, Row, Spread, Warned, concentrations,
};
use crate::incentives::rules::guard_rails::{Thresholds, about};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::simulation::{Given, compare, costs, distribution};

/// What the periods that were added so far come to: no more for twelve of them than for one.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By variant: what each slot gives each member.
    variants: Vec<Sums>,
    /// By value of the parameter: what each member gets in the currency of a slot.
    points: Vec<Sums>,
    seen: BTreeMap<usize, Seen>,
    budgets: Vec<Budget>,
}

/// By slot and member.
type Sums = BTreeMap<(usize, Uuid), i64>;

impl Tally {
    /// Adds a period.
    pub fn add(&mut self, whole: Whole) {
        add(&mut self.variants, whole.variants);
        add(&mut self.points, whole.points);
        for (slot, seen) in whole.seen {
            let sum = self.seen.entry(slot).or_default();
            let people = sum.people.max(seen.people);
            sum.add(seen);
            sum.people = people;
        }
        self.budgets.extend(whole.budgets);
    }

    /// What a slot gives whom in a variant.
    fn of(&self, variant: usize, slot: usize) -> impl Iterator<Item = (Uuid, i64)> + '_ {
        let whole = (slot, Uuid::nil())..=(slot, Uuid::max());
        let sums = self.variants.get(variant).into_iter();
        sums.flat_map(move |sums| sums.range(whole.clone()))
            .map(|((_, member), amount)| (*member, *amount))
    }
}

fn add(sums: &mut Vec<Sums>, more: Vec<Vec<Sum>>) {
    sums.resize_with(sums.len().max(more.len()), Sums::new);
    for (sums, more) in sums.iter_mut().zip(more) {
        for Sum(slot, member, amount) in more {
            let sum = sums.entry((slot, member)).or_default();
            *sum = sum.saturating_add(amount);
        }
    }
}

/// What came out. `rules` are in the order of the slots.
#[must_use]
pub fn outcome(
    plan: &Plan,
    rules: &[Rule],
    variants: &[Vec<usize>],
    tally: &Tally,
    conduct: &Conduct,
) -> Outcome {
    let comparisons = comparisons(rules, variants, tally);
    let of_rules = of_rules(plan, rules, variants, tally);
    let mut found = concentrations(&comparisons, &of_rules);
    found.extend(about_members(plan, tally, conduct));
    Outcome {
        comparisons,
        rules: of_rules,
        budgets: of_budgets(rules, &tally.budgets),
        points: points(plan, rules, tally),
        warnings: found,
    }
}

fn comparisons(rules: &[Rule], variants: &[Vec<usize>], tally: &Tally) -> Vec<Compared> {
    let given = |variant: usize| -> Vec<Given> {
        let slots = variants.get(variant).into_iter().flatten();
        slots
            .flat_map(|slot| {
                let rule = &rules[*slot];
                tally.of(variant, *slot).map(|(member, amount)| Given {
                    rule: rule.reference().rule,
                    member,
                    currency: rule.content().currency.clone(),
                    amount: signed(rule, amount),
                })
            })
            .collect()
    };
    compare(&given(0), &given(AFTER))
        .into_iter()
        .map(|one| Compared {
            currency: one.currency,
            members: one
                .members
                .iter()
                .map(|row| Row(row.member, row.before, row.after))
                .collect(),
            gainers: Some(one.gainers),
            losers: Some(one.losers),
            before: Some(one.before.into()),
            after: Some(one.after.into()),
        })
        .collect()
}

fn points(plan: &Plan, rules: &[Rule], tally: &Tally) -> Vec<Point> {
    let given = |sums: &Sums| -> Vec<Given> {
        sums.iter()
            .map(|((slot, member), amount)| Given {
                rule: rules[*slot].reference().rule,
                member: *member,
                currency: rules[*slot].content().currency.clone(),
                amount: *amount,
            })
            .collect()
    };
    let values = plan.vary.iter().flat_map(|vary| &vary.values);
    values
        .zip(&tally.points)
        .map(|(value, sums)| Point {
            value: *value,
            costs: costs(&given(sums))
                .into_iter()
                .map(|(currency, spread)| (currency, Some(spread.into())))
                .collect(),
        })
        .collect()
}

/// The places of versions that are run as they are.
fn plain_slots(plan: &Plan) -> impl Iterator<Item = usize> {
    let slots = plan.slots();
    (0..slots.len()).filter(move |place| slots[*place].value.is_none())
}

fn of_rules(plan: &Plan, rules: &[Rule], variants: &[Vec<usize>], tally: &Tally) -> Vec<OfRule> {
    let none = Seen::default();
    let of = |slot: usize| {
        let rule = &rules[slot];
        let version = rule.reference().version;
        let seen = tally.seen.get(&slot).unwrap_or(&none);
        OfRule {
            version,
            moved: moved(rules, variants, tally, rule.reference().rule),
            currency: rule.content().currency.clone(),
            candidate: plan.candidates.contains(&version),
            people: seen.people,
            cases: seen.cases,
            missing: seen.missing.clone(),
            against: seen.against.clone(),
            before: spread(rules, variants, tally, (0, slot)),
            after: spread(rules, variants, tally, (AFTER, slot)),
        }
    };
    plain_slots(plan).map(of).collect()
}

/// For how many members something changes about what a rule brings by all its versions.
fn moved(rules: &[Rule], variants: &[Vec<usize>], tally: &Tally, rule: Uuid) -> usize {
    let mut changes: BTreeMap<(&Option<String>, Uuid), i64> = BTreeMap::new();
    for (variant, slots) in variants.iter().enumerate().take(AFTER + 1) {
        let of = |slot: &&usize| rules[**slot].reference().rule == rule;
        for slot in slots.iter().filter(of) {
            for (member, amount) in tally.of(variant, *slot) {
                let key = (&rules[*slot].content().currency, member);
                let change = changes.entry(key).or_default();
                let more = if variant == AFTER { amount } else { -amount };
                *change = change.saturating_add(more);
            }
        }
    }
    let changes = changes.into_iter().filter(|(_, change)| *change != 0);
    let members: BTreeSet<Uuid> = changes.map(|((_, member), _)| member).collect();
    members.len()
}

/// How what a slot gives in a variant is spread; none when it isn't in it.
fn spread(
    rules: &[Rule],
    variants: &[Vec<usize>],
    tally: &Tally,
    (variant, slot): (usize, usize),
) -> Option<Spread> {
    if !variants.get(variant)?.contains(&slot) {
        return None;
    }
    let amounts = tally.of(variant, slot).map(|(_, amount)| amount);
    let amounts = amounts.map(|amount| signed(&rules[slot], amount));
    Some(distribution(amounts).into())
}

fn of_budgets(rules: &[Rule], budgets: &[Budget]) -> Vec<OfBudget> {
    let of = |used: &Budget| OfBudget {
        version: rules[used.slot].reference().version,
        span: used.span,
        currency: rules[used.slot].content().currency.clone(),
        budget: used.budget,
        spent: used.spent,
        asked: used.asked,
        given: used.given,
        members: used.members,
        asking: used.asking,
        largest: used.largest,
    };
    budgets.iter().map(of).collect()
}

/// Of each candidate: what there is to ask about those to whom it gives something.
fn about_members(plan: &Plan, tally: &Tally, conduct: &Conduct) -> Vec<Warned> {
    let mut found = Vec::new();
    let slots = plan.slots();
    for slot in plain_slots(plan) {
        let version = slots[slot].version;
        let tried = plan.candidates.contains(&version);
        let Some(regard) = conduct.regards.get(&version).filter(|_| tried) else {
            continue;
        };
        let given: BTreeSet<Uuid> = tally
            .of(AFTER, slot)
            .filter(|(_, amount)| *amount != 0)
            .map(|(member, _)| member)
            .collect();
        for counts in &conduct.counts {
            if given.contains(&counts.member) {
                let looks = regard.at(counts.member);
                let warnings = about(&Thresholds::default(), counts, looks);
                found.extend(
                    warnings
                        .into_iter()
                        .map(|one| Warned::of(one, Some(version), 1)),
                );
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "tally_tests.rs"]
mod tests;
