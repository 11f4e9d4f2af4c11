//! One rule for one member, team or record: what it gives, and how that came about (单条计算).
//!
//! The condition; the tiers; the amount; the rounding; the cap of an award; the split. What needs the awards of others comes
//! later, see [`super::settle`].

use std::collections::BTreeMap;

use uuid::Uuid;

use super::caps;
use super::content::{Population, RoleShare, Split, Unfilled};
use super::expression::{Computed, Expression, Given, Shape};
use super::rounding::round;
use super::rule::Rule;
use super::splits::divide;
use super::tiers;
use super::trace::{Line, Nothing, RuleRef, Span, SplitPart, Step, Subject, Trace};
use super::value::{Facts, Number};

/// The finest share of a role that a split tells apart.
const FINE: u64 = 1_000_000;

/// Somebody who can get something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: Uuid,
    /// In which department.
    pub department: Option<Uuid>,
    /// In which team.
    pub team: Option<Uuid>,
    /// In which position.
    pub position: Option<Uuid>,
    /// For how many whole months.
    pub months: u32,
}

/// Somebody between whom an amount is split, or who gets all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// Who.
    pub person: Person,
    /// In which role, where a record says it.
    pub role: Option<String>,
    /// The share within the role, in ten-thousandths.
    pub share: u32,
}

/// What a rule is evaluated for.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// For which time.
    pub period: Span,
    /// For what.
    pub subject: &'c Subject,
    /// The facts; of those with the same key the first one holds.
    pub facts: &'c [&'c Facts],
    /// Who gets it: one where the rule has no split.
    pub people: &'c [Credited],
}

/// What a rule gives somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// By which version of which rule.
    pub rule: RuleRef,
    /// For what.
    pub subject: Subject,
    /// Which part of a split, counted from 0. Rule, period, subject, member and part name an award for ever.
    pub part: usize,
    /// Who gets it.
    pub member: Uuid,
    /// The currency; none when things are given.
    pub currency: Option<String>,
    /// In minor units or things, above nought.
    pub amount: i64,
    /// How it came about.
    pub trace: Trace,
}

/// What comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Awards, in the order of the people.
    Awards(Vec<Award>),
    /// Nothing, and why.
    Nothing(Box<Trace>),
}

/// Does somebody belong to those whom a rule is for?
#[must_use]
pub fn belongs(population: &Population, person: &Person) -> bool {
    let one_of = |named: &std::collections::BTreeSet<Uuid>, own: Option<Uuid>| {
        named.is_empty() || own.is_some_and(|own| named.contains(&own))
    };
    one_of(&population.departments, person.department)
        && one_of(&population.teams, person.team)
        && one_of(&population.positions, person.position)
        && person.months >= population.least_months
}

/// What a rule gives in a case.
#[must_use]
pub fn evaluate(rule: &Rule, case: &Case<'_>) -> Outcome {
    let named = |key: &str| case.facts.iter().find_map(|facts| facts.get(key));
    let mut trace = Trace {
        rule: rule.reference(),
        period: case.period,
        subject: case.subject.clone(),
        member: None,
        facts: rule
            .facts()
            .iter()
            .map(|key| (key.clone(), named(key).cloned().unwrap_or_default()))
            .collect(),
        parameters: rule.parameters().clone(),
        steps: Vec::new(),
        amount: 0,
        nothing: None,
    };
    let belong: Vec<bool> = case
        .people
        .iter()
        .map(|credited| belongs(&rule.content().population, &credited.person))
        .collect();
    let whole = if belong.contains(&true) {
        reckon(rule, &trace.facts, &trace.parameters, &mut trace.steps)
    } else {
        Err(Nothing::Population)
    };
    match whole {
        Err(nothing) => {
            trace.nothing = Some(nothing);
            if let [one] = case.people {
                trace.member = Some(one.person.id);
            }
            Outcome::Nothing(Box::new(trace))
        }
        Ok(whole) => shared(rule, case, &belong, whole, trace),
    }
}

/// The amount before it is split, by the facts alone, and the steps to it.
///
/// # Errors
/// Why nothing comes out.
pub(super) fn reckon(
    rule: &Rule,
    facts: &Facts,
    parameters: &BTreeMap<String, Number>,
    steps: &mut Vec<Step>,
) -> Result<i64, Nothing> {
    reckoned(rule, facts, parameters, true, steps)
}

/// The same by the rule's own parameters when only the amount matters; nought where nothing comes out.
pub(super) fn worth(rule: &Rule, facts: &Facts) -> i64 {
    reckoned(rule, facts, rule.parameters(), false, &mut Vec::new()).unwrap_or(0)
}

fn reckoned(
    rule: &Rule,
    facts: &Facts,
    parameters: &BTreeMap<String, Number>,
    told: bool,
    steps: &mut Vec<Step>,
) -> Result<i64, Nothing> {
    let (content, meant) = (rule.content(), rule.meant());
    let look = |expression: &Expression,
                brought: Option<Computed<'_>>|
     -> (Result<Plain, Nothing>, Vec<Line>) {
        let given = Given {
            facts,
            parameters,
            tiers: brought,
        };
        let (result, lines) = if told {
            expression.evaluate(&given)
        } else {
            (expression.value(&given), Vec::new())
        };
        (result.map(Plain::of), lines)
    };
    let (holds, lines) = look(&meant.condition, None);
    steps.push(Step::Condition { lines });
    if !matches!(holds?, Plain::Truth(true)) {
        return Err(Nothing::Condition);
    }
    let mut brought = None;
    if let (Some(expression), Some(tiers)) = (&meant.base, &content.tiers) {
        let (base, lines) = look(expression, None);
        steps.push(Step::Base { lines });
        let (slices, total) = tiers::bring(tiers, base?.number())?;
        steps.push(Step::Tiers {
            method: tiers.method,
            slices,
            total,
        });
        brought = Some(if matches!(meant.tiers, Some(Shape::Money(_))) {
            Computed::Money(total)
        } else {
            Computed::Number(total)
        });
    }
    let (amount, lines) = look(&meant.amount, brought);
    steps.push(Step::Amount { lines });
    let amount = amount?.number();
    if amount.is_negative() || amount.is_zero() {
        return Err(Nothing::Nought);
    }
    let rounded = round(amount, rule.digits(), content.rounding).ok_or(Nothing::TooLarge)?;
    steps.push(Step::Rounding {
        mode: content.rounding.mode,
        step: content.rounding.step,
        from: amount,
        to: rounded,
    });
    let capped = caps::of_award(&content.caps, rounded);
    if let Some(most) = content.caps.per_award.filter(|_| capped != rounded) {
        steps.push(Step::AwardCap {
            most,
            from: rounded,
            to: capped,
        });
    }
    if capped > 0 {
        Ok(capped)
    } else {
        Err(Nothing::Nought)
    }
}

/// What an expression of a rule comes to, as far as a rule asks.
enum Plain {
    Truth(bool),
    Number(Number),
}

impl Plain {
    fn of(value: Computed<'_>) -> Self {
        match value {
            Computed::Truth(truth) => Self::Truth(truth),
            value => Self::Number(value.number().unwrap_or_default()),
        }
    }

    fn number(self) -> Number {
        match self {
            Self::Number(number) => number,
            Self::Truth(_) => Number::ZERO,
        }
    }
}

/// The awards of those between whom the whole is split.
fn shared(rule: &Rule, case: &Case<'_>, belong: &[bool], whole: i64, trace: Trace) -> Outcome {
    let split = rule.content().split.as_ref();
    let parts = parts(split, case.people, belong);
    let weights: Vec<u64> = parts.iter().map(|(part, _)| part.weight).collect();
    let amounts = divide(whole, &weights);
    let told: Vec<SplitPart> = parts.iter().map(|(part, _)| part.clone()).collect();
    let mut awards = Vec::new();
    for (place, ((_, person), amount)) in parts.iter().zip(amounts).enumerate() {
        let Some(person) = person.filter(|_| amount > 0) else {
            continue;
        };
        let mut trace = trace.clone();
        if split.is_some() {
            trace.steps.push(Step::Split {
                whole,
                parts: told.clone(),
                mine: place,
            });
        }
        trace.member = Some(person);
        trace.amount = amount;
        awards.push(Award {
            rule: rule.reference(),
            subject: case.subject.clone(),
            part: place,
            member: person,
            currency: rule.content().currency.clone(),
            amount,
            trace,
        });
    }
    if awards.is_empty() {
        let nothing = Some(Nothing::Nought);
        return Outcome::Nothing(Box::new(Trace { nothing, ..trace }));
    }
    Outcome::Awards(awards)
}

/// The parts of a split with who gets each; none where nobody does.
fn parts(
    split: Option<&Split>,
    people: &[Credited],
    belong: &[bool],
) -> Vec<(SplitPart, Option<Uuid>)> {
    let with = people.iter().zip(belong);
    match split {
        Some(Split::Role { roles, unfilled }) => roles
            .iter()
            .flat_map(|role| of_role(role, *unfilled, people, belong))
            .collect(),
        // Without a split there is one, who has a share of all.
        _ => with
            .filter(|(_, belongs)| **belongs)
            .map(|(credited, _)| {
                let part = SplitPart {
                    role: None,
                    weight: 1,
                    paid: true,
                };
                (part, Some(credited.person.id))
            })
            .collect(),
    }
}

fn of_role(
    role: &RoleShare,
    unfilled: Unfilled,
    people: &[Credited],
    belong: &[bool],
) -> Vec<(SplitPart, Option<Uuid>)> {
    let spread = unfilled == Unfilled::Spread;
    let holders: Vec<(&Credited, bool)> = people
        .iter()
        .zip(belong)
        .filter(|(credited, _)| credited.role.as_deref() == Some(&role.role))
        .map(|(credited, belongs)| (credited, *belongs))
        .filter(|(_, belongs)| *belongs || !spread)
        .collect();
    let part = |weight, person: Option<Uuid>| {
        let part = SplitPart {
            role: Some(role.role.clone()),
            weight,
            paid: person.is_some(),
        };
        (part, person)
    };
    let points = u64::from(role.basis_points);
    let shares: u64 = holders
        .iter()
        .map(|(credited, _)| u64::from(credited.share))
        .sum();
    if shares == 0 {
        return if spread {
            Vec::new()
        } else {
            vec![part(points * FINE, None)]
        };
    }
    holders
        .into_iter()
        .map(|(credited, belongs)| {
            let weight = points * (u64::from(credited.share) * FINE / shares);
            part(weight, belongs.then_some(credited.person.id))
        })
        .collect()
}

#[cfg(test)]
#[path = "award_tests.rs"]
mod tests;
