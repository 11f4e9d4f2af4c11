//! What a simulation came to (模拟结果).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::batch::Against;
use super::period::{AFTER, Sum, Whole, signed};
use super::plan::Plan;
use crate::decimal::Decimal;
use crate::incentives::rules::guard_rails::{Counts, Risk, Thresholds, Warning, warnings};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::simulation::{Distribution, Given, compare, costs, distribution};
use crate::incentives::rules::trace::Span;

/// What came out, stored with the simulation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// By currency, and for things: everything together.
    pub comparisons: Vec<Compared>,
    /// By rule.
    pub rules: Vec<OfRule>,
    /// What became of the budgets, by rule and period, where the candidates are run.
    pub budgets: Vec<OfBudget>,
    /// What comes out for each value of the parameter.
    pub points: Vec<Point>,
    /// What may reward the wrong things.
    pub warnings: Vec<Warned>,
}

/// What changes in one currency, or in things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Compared {
    /// The currency; none for things.
    pub currency: Option<String>,
    /// Everybody who gets something by either, by id: before and after.
    pub members: Vec<Row>,
    /// How many get more; none where it is withheld.
    pub gainers: Option<usize>,
    /// How many get less; none where it is withheld.
    pub losers: Option<usize>,
    /// By today's rules; none where it is withheld.
    pub before: Option<Spread>,
    /// By the candidates; none where it is withheld.
    pub after: Option<Spread>,
}

/// A member, with what they get by today's rules and by the candidates, in minor units or things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row(pub Uuid, pub i64, pub i64);

/// How amounts are spread over members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spread {
    /// How many members get something.
    pub members: usize,
    /// What they get together, in minor units or things.
    pub total: i64,
    /// The amounts below which 10, 25, 50, 75 and 90 of a hundred members lie.
    pub quantiles: Option<[i64; 5]>,
    /// The Gini coefficient.
    pub gini: Option<Decimal>,
    /// The share of the tenth that gets most, in percent.
    pub top_tenth: Option<Decimal>,
}

impl From<Distribution> for Spread {
    fn from(spread: Distribution) -> Self {
        Self {
            members: spread.members,
            total: i64::try_from(spread.total).unwrap_or(i64::MAX),
            quantiles: spread.quantiles,
            gini: spread.gini,
            top_tenth: spread.top_tenth,
        }
    }
}

/// What a rule gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfRule {
    /// By which version.
    pub version: Uuid,
    /// The currency; none for things.
    pub currency: Option<String>,
    /// Is it one that is tried?
    pub candidate: bool,
    /// How many members it is for, in the period in which they are most.
    pub people: u64,
    /// For how many members, teams or records it was evaluated, in all periods.
    pub cases: u64,
    /// By fact: for how many of them it wasn't known, so that they get nothing.
    pub missing: BTreeMap<String, u64>,
    /// A case in which more of a fact brings less, against what the rule says.
    pub against: Option<Against>,
    /// By today's rules; none where it isn't among them, or where it is withheld.
    pub before: Option<Spread>,
    /// By the candidates; none where it isn't among them, or where it is withheld.
    pub after: Option<Spread>,
}

/// What became of a budget in a period, in minor units or things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfBudget {
    /// Of which version.
    pub version: Uuid,
    /// In which period.
    pub span: Span,
    /// The currency; none for things.
    pub currency: Option<String>,
    /// How much there is.
    pub budget: i64,
    /// What was spent of it before, within the simulated periods.
    pub spent: i64,
    /// What the rule would give without it.
    pub asked: i64,
    /// What it gives.
    pub given: i64,
    /// How many members get something.
    pub members: usize,
}

/// What comes out for a value of the parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Point {
    /// The value.
    pub value: Decimal,
    /// By currency: what is given; none where it is withheld.
    pub costs: Vec<(Option<String>, Option<Spread>)>,
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Warned {
    /// About what.
    pub risk: Risk,
    /// About which version; none when it is about all of them together.
    pub version: Option<Uuid>,
    /// About whom; none when it is about a rule.
    pub member: Option<Uuid>,
    /// How many members are behind the figure.
    pub members: usize,
    /// The figure.
    pub figure: Decimal,
    /// From which figure on it is told.
    pub threshold: Decimal,
    /// A sentence with the numbers.
    pub en: String,
    /// 一句带数字的说明.
    pub zh: String,
}

/// What is known of how members work, for the guard rails.
#[derive(Clone, Debug, Default)]
pub struct Conduct {
    /// By member.
    pub counts: Vec<Counts>,
    /// Does a candidate count tickets?
    pub tickets: bool,
    /// Does a candidate look at ratings?
    pub ratings: bool,
}

/// Puts the periods together. `rules` are in the order of the slots.
#[must_use]
pub fn outcome(
    plan: &Plan,
    rules: &[Rule],
    variants: &[Vec<usize>],
    wholes: &[Whole],
    conduct: &Conduct,
) -> Outcome {
    let given = |variant: usize| -> Vec<Given> {
        let sums = wholes
            .iter()
            .filter_map(|whole| whole.variants.get(variant));
        let given = |Sum(slot, member, amount): &Sum| Given {
            rule: rules[*slot].reference().rule,
            member: *member,
            currency: rules[*slot].content().currency.clone(),
            amount: signed(&rules[*slot], *amount),
        };
        sums.flatten().map(given).collect()
    };
    let (before, after) = (given(0), given(AFTER));
    let comparisons: Vec<Compared> = compare(&before, &after)
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
        .collect();
    let values = plan
        .vary
        .iter()
        .flat_map(|vary| vary.values.iter().enumerate());
    let points = values.map(|(place, value)| Point {
        value: *value,
        costs: costs(&given(AFTER + 1 + place))
            .into_iter()
            .map(|(currency, spread)| (currency, Some(spread.into())))
            .collect(),
    });
    Outcome {
        rules: of_rules(plan, rules, variants, wholes),
        budgets: of_budgets(rules, wholes),
        points: points.collect(),
        warnings: warned(plan, rules, variants, wholes, &comparisons, conduct),
        comparisons,
    }
}

/// The places of versions that are run as they are.
fn plain_slots(plan: &Plan) -> impl Iterator<Item = usize> {
    let slots = plan.slots();
    (0..slots.len()).filter(move |place| slots[*place].value.is_none())
}

fn of_rules(plan: &Plan, rules: &[Rule], variants: &[Vec<usize>], wholes: &[Whole]) -> Vec<OfRule> {
    let of = |slot: usize| {
        let rule = &rules[slot];
        let version = rule.reference().version;
        let mut of_rule = OfRule {
            version,
            currency: rule.content().currency.clone(),
            candidate: plan.candidates.contains(&version),
            people: 0,
            cases: 0,
            missing: BTreeMap::new(),
            against: None,
            before: spread(rules, variants, wholes, (0, slot)),
            after: spread(rules, variants, wholes, (AFTER, slot)),
        };
        for seen in wholes.iter().filter_map(|whole| whole.seen.get(&slot)) {
            of_rule.people = of_rule.people.max(seen.people);
            of_rule.cases += seen.cases;
            for (fact, count) in &seen.missing {
                *of_rule.missing.entry(fact.clone()).or_default() += count;
            }
            if of_rule.against.is_none() {
                of_rule.against.clone_from(&seen.against);
            }
        }
        of_rule
    };
    plain_slots(plan).map(of).collect()
}

/// How what a slot gives in a variant is spread; none when it isn't in it.
fn spread(
    rules: &[Rule],
    variants: &[Vec<usize>],
    wholes: &[Whole],
    (variant, slot): (usize, usize),
) -> Option<Spread> {
    if !variants.get(variant)?.contains(&slot) {
        return None;
    }
    let mut sums: BTreeMap<Uuid, i64> = BTreeMap::new();
    for Sum(of, member, amount) in wholes
        .iter()
        .filter_map(|whole| whole.variants.get(variant))
        .flatten()
    {
        if *of == slot {
            let sum = sums.entry(*member).or_default();
            *sum = sum.saturating_add(signed(&rules[slot], *amount));
        }
    }
    Some(distribution(sums.into_values()).into())
}

fn of_budgets(rules: &[Rule], wholes: &[Whole]) -> Vec<OfBudget> {
    let all = wholes.iter().flat_map(|whole| &whole.budgets);
    let of = |used: &super::period::Budget| OfBudget {
        version: rules[used.slot].reference().version,
        span: used.span,
        currency: rules[used.slot].content().currency.clone(),
        budget: used.budget,
        spent: used.spent,
        asked: used.asked,
        given: used.given,
        members: used.members,
    };
    all.map(of).collect()
}

fn warned(
    plan: &Plan,
    rules: &[Rule],
    variants: &[Vec<usize>],
    wholes: &[Whole],
    comparisons: &[Compared],
    conduct: &Conduct,
) -> Vec<Warned> {
    let thresholds = Thresholds::default();
    let mut found = Vec::new();
    for compared in comparisons {
        if let Some(after) = &compared.after {
            found.extend(concentration(&thresholds, after, None));
        }
    }
    let candidates: BTreeSet<Uuid> = plan.candidates.iter().copied().collect();
    for slot in plain_slots(plan) {
        let version = rules[slot].reference().version;
        if candidates.contains(&version)
            && let Some(after) = spread(rules, variants, wholes, (AFTER, slot))
        {
            found.extend(concentration(&thresholds, &after, Some(version)));
        }
    }
    let none = Distribution::default();
    let of_members = warnings(
        &thresholds,
        &none,
        &conduct.counts,
        conduct.tickets,
        conduct.ratings,
    );
    found.extend(of_members.into_iter().map(|one| told(one, None, 1)));
    found
}

fn concentration(thresholds: &Thresholds, spread: &Spread, version: Option<Uuid>) -> Vec<Warned> {
    let plain = Distribution {
        members: spread.members,
        top_tenth: spread.top_tenth,
        ..Distribution::default()
    };
    warnings(thresholds, &plain, &[], false, false)
        .into_iter()
        .map(|one| told(one, version, spread.members.div_ceil(10)))
        .collect()
}

fn told(warning: Warning, version: Option<Uuid>, members: usize) -> Warned {
    Warned {
        risk: warning.risk,
        version,
        member: warning.member,
        members,
        figure: warning.figure,
        threshold: warning.threshold,
        en: warning.text.en.into_owned(),
        zh: warning.text.zh.into_owned(),
    }
}
