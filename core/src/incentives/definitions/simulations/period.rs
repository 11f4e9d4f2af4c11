//! A period as a whole: what each variant gives once all awards are held together (模拟周期汇总).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::batch::{Batch, Kept, Seen};
use super::plan::budget_from;
use crate::incentives::rules::content::Kind;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::settle::{Pending, Settled, settle};
use crate::incentives::rules::simulation::{budget_use, largest};
use crate::incentives::rules::trace::{Span, Step};

/// What a period came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// By variant, of today's rules and of the candidates': what each slot gives each member.
    pub variants: Vec<Vec<Sum>>,
    /// By value of the parameter: what each member gets in each currency, by the first slot of that currency; what is taken off is
    /// below nought. What each rule gives isn't kept for them: that would be many times as much.
    pub points: Vec<Vec<Sum>>,
    /// By slot: how it went.
    pub seen: BTreeMap<usize, Seen>,
    /// What became of the budgets of the candidates' variant.
    pub budgets: Vec<Budget>,
}

/// By variant: what each slot with a budget gave in a period. All that later periods have to know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals(pub Vec<BTreeMap<usize, i64>>);

/// What a slot gives a member in a period: slot, member, amount in minor units or things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum(pub usize, pub Uuid, pub i64);

/// What became of a budget in a period, in minor units or things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// The slot.
    pub slot: usize,
    /// The period.
    pub span: Span,
    /// How much there is.
    pub budget: i64,
    /// What was spent of it before.
    pub spent: i64,
    /// What the rule would give without it.
    pub asked: i64,
    /// What it gives.
    pub given: i64,
    /// How many members get something.
    pub members: usize,
    /// How many members would get something without it.
    pub asking: usize,
    /// What the member who would get most would get without it: an amount of a single member, never shown.
    pub largest: i64,
}

/// The place of the candidates' variant.
pub const AFTER: usize = 1;

/// Holds the pages of a period together, which were added up to one. `before` are the earlier periods with what they came to;
/// `rules` are in the order of the slots.
#[must_use]
pub fn whole(
    rules: &[Rule],
    variants: &[Vec<usize>],
    span: Span,
    before: &[(Span, Totals)],
    pages: Batch,
) -> (Whole, Totals) {
    let mut whole = Whole {
        seen: pages.seen,
        ..Whole::default()
    };
    let mut totals = Totals::default();
    for (variant, slots) in variants.iter().enumerate() {
        let spent = |slot: usize| spent(rules, (variant, slot), span, before);
        let settled = settled(rules, slots, &pages.kept, &spent);
        if variant == AFTER {
            whole.budgets = budgets(rules, slots, span, &settled, &spent);
        }
        totals.0.push(given(rules, &settled));
        if variant <= AFTER {
            whole.variants.push(sums(&settled));
        } else {
            whole.points.push(by_currency(rules, &settled));
        }
    }
    (whole, totals)
}

/// What a slot gave in the earlier periods of the time of its budget.
fn spent(
    rules: &[Rule],
    (variant, slot): (usize, usize),
    span: Span,
    before: &[(Span, Totals)],
) -> i64 {
    let Some(budget) = &rules[slot].content().budget else {
        return 0;
    };
    let from = budget_from(budget.period, span.from);
    before
        .iter()
        .filter(|(earlier, _)| from <= earlier.from && earlier.from < span.from)
        .filter_map(|(_, totals)| totals.0.get(variant)?.get(&slot))
        .fold(0, |sum: i64, amount| sum.saturating_add(*amount))
}

/// A slot's award with what became of it.
type Held = (usize, Pending, Settled);

fn settled(
    rules: &[Rule],
    slots: &[usize],
    kept: &[Kept],
    spent: &dyn Fn(usize) -> i64,
) -> Vec<Held> {
    let slot_of: BTreeMap<Uuid, usize> = slots
        .iter()
        .map(|slot| (rules[*slot].reference().rule, *slot))
        .collect();
    let run: Vec<&Rule> = slots.iter().map(|slot| &rules[*slot]).collect();
    let own: Vec<(usize, Pending)> = kept
        .iter()
        .filter(|one| slots.contains(&one.0))
        .map(|one| (one.0, one.pending(rules[one.0].reference().rule)))
        .collect();
    let (places, pending): (Vec<usize>, Vec<Pending>) = own.into_iter().unzip();
    let of_rule = |rule: Uuid| slot_of.get(&rule).map_or(0, |slot| spent(*slot));
    let settled = settle(&run, &pending, &of_rule);
    places
        .into_iter()
        .zip(pending)
        .zip(settled)
        .map(|((slot, pending), settled)| (slot, pending, settled))
        .collect()
}

fn sums(held: &[Held]) -> Vec<Sum> {
    added(held.iter().map(|(slot, pending, settled)| {
        let key = (*slot, pending.member);
        (key, settled.amount)
    }))
}

fn by_currency(rules: &[Rule], held: &[Held]) -> Vec<Sum> {
    let first: Vec<usize> = (0..rules.len()).map(|slot| first_of(rules, slot)).collect();
    added(held.iter().map(|(slot, pending, settled)| {
        let key = (first[*slot], pending.member);
        (key, signed(&rules[*slot], settled.amount))
    }))
}

/// The first slot in the currency of a slot.
fn first_of(rules: &[Rule], slot: usize) -> usize {
    let currency = |rule: &Rule| rule.content().currency == rules[slot].content().currency;
    rules.iter().position(currency).unwrap_or(slot)
}

fn added(all: impl Iterator<Item = ((usize, Uuid), i64)>) -> Vec<Sum> {
    let mut sums: BTreeMap<(usize, Uuid), i64> = BTreeMap::new();
    for (key, amount) in all {
        let sum = sums.entry(key).or_default();
        *sum = sum.saturating_add(amount);
    }
    sums.into_iter()
        .filter(|(_, amount)| *amount != 0)
        .map(|((slot, member), amount)| Sum(slot, member, amount))
        .collect()
}

/// What each slot with a budget gives.
fn given(rules: &[Rule], held: &[Held]) -> BTreeMap<usize, i64> {
    let mut given: BTreeMap<usize, i64> = BTreeMap::new();
    for (slot, _, settled) in held {
        if rules[*slot].content().budget.is_some() {
            let sum = given.entry(*slot).or_default();
            *sum = sum.saturating_add(settled.amount);
        }
    }
    given
}

fn budgets(
    rules: &[Rule],
    slots: &[usize],
    span: Span,
    held: &[Held],
    spent: &dyn Fn(usize) -> i64,
) -> Vec<Budget> {
    let of = |slot: usize| held.iter().filter(move |(of, _, _)| *of == slot);
    let clamp = |sum: i128| i64::try_from(sum).unwrap_or(i64::MAX);
    slots
        .iter()
        .filter_map(|slot| {
            let asks = of(*slot).map(|(_, _, settled)| (asked(settled), settled.amount));
            let used = budget_use(&rules[*slot], spent(*slot), asks)?;
            let asking = added(of(*slot).map(|(_, pending, settled)| {
                let key = (*slot, pending.member);
                (key, asked(settled))
            }));
            Some(Budget {
                slot: *slot,
                span,
                budget: used.budget,
                spent: used.spent,
                asked: clamp(used.asked),
                given: clamp(used.given),
                members: of(*slot)
                    .filter(|(_, _, settled)| settled.amount > 0)
                    .map(|(_, pending, _)| pending.member)
                    .collect::<BTreeSet<Uuid>>()
                    .len(),
                asking: asking.len(),
                largest: largest(asking.iter().map(|one| one.2)),
            })
        })
        .collect()
}

/// What an award comes to before the budget.
fn asked(settled: &Settled) -> i64 {
    let limited = settled.steps.iter().find_map(|step| match step {
        Step::Budget(limit) => Some(limit.from),
        _ => None,
    });
    limited.unwrap_or(settled.amount)
}

/// Which way an amount of a rule goes: what is taken off is below nought.
#[must_use]
pub fn signed(rule: &Rule, amount: i64) -> i64 {
    if rule.content().kind == Kind::Deduction {
        -amount
    } else {
        amount
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::definitions::simulations::plan::spans;
    use crate::incentives::rules::content::Period;
    use crate::incentives::rules::run::{Surroundings, members};
    use crate::incentives::rules::testing::{day, id, member, rule};

    /// 100 yuan for each resolved ticket, from a yearly budget of 1,000 yuan.
    fn budgeted() -> Vec<Rule> {
        vec![rule(
            "metric.tickets_resolved > 0",
            "money(metric.tickets_resolved * 100)",
            "[budget]\namount = 100000\nperiod = 'YEAR'\nexhausted = 'FIRST_COME'\n",
        )]
    }

    fn page(rules: &[Rule], span: Span, tickets: &[(u128, &str)]) -> Batch {
        let people: Vec<_> = tickets
            .iter()
            .map(|(who, resolved)| member(*who, &[("metric.tickets_resolved", *resolved)]))
            .collect();
        let around = Surroundings::default();
        let mut batch = Batch::of(rules, &people, |some| members(rules, span, &around, some));
        batch.count(rules, &people);
        batch
    }

    #[test]
    fn what_earlier_periods_took_of_a_budget_is_gone() {
        let rules = budgeted();
        let variants = [vec![], vec![0]];
        let months = spans(Period::Month, day("2026-11-30"), 2);
        let october = page(&rules, months[0], &[(1, "3"), (2, "4")]);
        let (first, totals) = whole(&rules, &variants, months[0], &[], october);
        assert_eq!(
            first.variants,
            [vec![], vec![Sum(0, id(1), 30_000), Sum(0, id(2), 40_000)]]
        );
        assert_eq!((first.seen[&0].people, first.seen[&0].cases), (2, 2));
        // In November 300 yuan are left for the 500 that are asked; pages come in any cut.
        let mut pages = page(&rules, months[1], &[(1, "1")]);
        pages.add(page(&rules, months[1], &[(2, "4")]));
        let before = [(months[0], totals)];
        let (second, totals) = whole(&rules, &variants, months[1], &before, pages);
        let given: i64 = second.variants[1].iter().map(|one| one.2).sum();
        assert_eq!(given, 30_000);
        let used = second.budgets[0];
        assert_eq!(
            (
                used.budget,
                used.spent,
                used.asked,
                used.given,
                used.members
            ),
            (100_000, 70_000, 50_000, 30_000, 2)
        );
        assert_eq!((used.asking, used.largest), (2, 40_000));
        assert_eq!(totals.0, [BTreeMap::new(), BTreeMap::from([(0, 30_000)])]);
    }
}
