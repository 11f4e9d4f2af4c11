//! What a member can still reach by a rule, and what it takes (还可争取).
//!
//! Only facts of the member are told; where a rule asks about a team or a region, no figure is.

use crate::incentives::rules::award::{Case, Outcome, evaluate};
use crate::incentives::rules::catalogue::{Catalogue, Level};
use crate::incentives::rules::content::TierPays;
use crate::incentives::rules::expression::{Computed, Expression, Given, Node, Operator};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::{Nothing, Trace};
use crate::incentives::rules::value::{Facts, Number};

/// How a member stands with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// What it gives as things stand, before caps that look at everybody: minor units or things.
    pub amount: i64,
    /// Why it gives nothing, where it doesn't.
    pub nothing: Option<Nothing>,
    /// The next step of achievement; none without steps, or at the last one.
    pub next: Option<NextTier>,
    /// What of the condition doesn't hold.
    pub unmet: Vec<Unmet>,
}

/// The next step of achievement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextTier {
    /// Which one, counted from 0.
    pub tier: usize,
    /// Where the member stands; none when that isn't known, or follows from others' figures.
    pub base: Option<Number>,
    /// Where the step begins.
    pub from: Number,
    /// How much is missing; none like the base.
    pub distance: Option<Number>,
    /// What it brings.
    pub pays: TierPays,
}

/// A part of a condition that doesn't hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The part as it is written.
    pub part: String,
    /// The fact that it compares, where it compares one with a number.
    pub fact: Option<String>,
    /// Where the member stands; none when that isn't known, or isn't the member's alone.
    pub now: Option<Number>,
    /// What is wanted.
    pub wanted: Option<Number>,
    /// How much is missing, never below nought; none where it can't be told.
    pub distance: Option<Number>,
}

/// How a member stands with a rule that is evaluated for single members.
#[must_use]
pub fn outlook(rule: &Rule, catalogue: &Catalogue, case: &Case<'_>) -> Outlook {
    let (amount, trace) = match evaluate(rule, case) {
        Outcome::Awards(awards) => {
            let amount = awards.iter().map(|award| award.amount).sum();
            (amount, awards.into_iter().next().map(|award| award.trace))
        }
        Outcome::Nothing(trace) => (0, Some(*trace)),
    };
    let Some(trace) = trace else {
        return Outlook {
            amount,
            nothing: None,
            next: None,
            unmet: Vec::new(),
        };
    };
    let outside = trace.nothing == Some(Nothing::Population);
    let eyes = Eyes { rule, catalogue };
    Outlook {
        amount,
        next: if outside { None } else { eyes.next(&trace) },
        unmet: if outside {
            Vec::new()
        } else {
            eyes.unmet(&trace)
        },
        nothing: trace.nothing,
    }
}

struct Eyes<'e> {
    rule: &'e Rule,
    catalogue: &'e Catalogue,
}

impl Eyes<'_> {
    /// Do all these facts tell of the member alone?
    fn is_own<'k>(&self, mut facts: impl Iterator<Item = &'k String>) -> bool {
        facts.all(|key| {
            let level = self.catalogue.get(key).map(|fact| fact.level);
            matches!(level, Some(Level::Member | Level::Record | Level::Credit))
        })
    }

    fn value<'v>(&'v self, expression: &'v Expression, facts: &'v Facts) -> Option<Computed<'v>> {
        let given = Given {
            facts,
            parameters: self.rule.parameters(),
            tiers: None,
        };
        expression.evaluate(&given).0.ok()
    }

    fn next(&self, trace: &Trace) -> Option<NextTier> {
        let tiers = self.rule.content().tiers.as_ref()?;
        let base = self.rule.meant().base.as_ref()?;
        let now = self.value(base, &trace.facts).and_then(Computed::number);
        let above = |from: Number| now.is_none_or(|now| now < from);
        let mut steps = tiers.steps.iter().enumerate();
        let (tier, step) = steps.find(|(_, step)| above(step.from.into()))?;
        let from = Number::from(step.from);
        let shown = now.filter(|_| self.is_own(base.facts.iter()));
        Some(NextTier {
            tier,
            base: shown,
            from,
            distance: shown.and_then(|now| from.minus(now)),
            pays: step.pays,
        })
    }

    fn unmet(&self, trace: &Trace) -> Vec<Unmet> {
        let condition = &self.rule.meant().condition;
        let mut parts = Vec::new();
        together(&condition.root, &mut parts);
        parts
            .into_iter()
            .filter_map(|part| {
                let alone = Expression {
                    root: part.clone(),
                    ..condition.clone()
                };
                let holds = self.value(&alone, &trace.facts) == Some(Computed::Truth(true));
                (!holds).then(|| self.lack(part, &trace.facts))
            })
            .collect()
    }

    fn lack(&self, part: &Node, facts: &Facts) -> Unmet {
        let mut lack = Unmet {
            part: part.to_string(),
            fact: None,
            now: None,
            wanted: None,
            distance: None,
        };
        let Node::Two(operator, one, other) = part else {
            return lack;
        };
        let (fact, wanted, operator) = match (&**one, &**other) {
            (Node::Fact(key, _), wanted) => (key, wanted, *operator),
            (wanted, Node::Fact(key, _)) => (key, wanted, turned(*operator)),
            _ => return lack,
        };
        lack.fact = Some(fact.clone());
        lack.wanted = self.constant(wanted);
        let shown = facts.get(fact).filter(|_| self.is_own([fact].into_iter()));
        lack.now = shown.and_then(|fact| number_of(fact.value.as_ref()?));
        if let (Some(now), Some(wanted)) = (lack.now, lack.wanted) {
            lack.distance = match operator {
                Operator::AtLeast | Operator::More => wanted.minus(now),
                Operator::AtMost | Operator::Less => now.minus(wanted),
                _ => None,
            }
            .filter(|distance| !distance.is_negative());
        }
        lack
    }

    /// The number that a part is whatever the facts are.
    fn constant(&self, part: &Node) -> Option<Number> {
        match part {
            Node::Number(number) => Some(*number),
            Node::Money(of, _) => self.constant(of),
            Node::Negated(of) => self.constant(of).map(Number::negated),
            Node::Parameter(key) => self.rule.parameters().get(key).copied(),
            _ => None,
        }
    }
}

/// The parts that must all hold.
fn together<'n>(node: &'n Node, parts: &mut Vec<&'n Node>) {
    match node {
        Node::Two(Operator::And, one, other) => {
            together(one, parts);
            together(other, parts);
        }
        one => parts.push(one),
    }
}

/// The operator when the sides are changed.
const fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::More,
        Operator::AtMost => Operator::AtLeast,
        Operator::More => Operator::Less,
        Operator::AtLeast => Operator::AtMost,
        other => other,
    }
}

fn number_of(value: &crate::incentives::rules::value::Value) -> Option<Number> {
    use crate::incentives::rules::value::{Value, minor_digits};
    match value {
        Value::Number(number) => Some(*number),
        Value::Money(money) => Number::from_minor(money.amount, minor_digits(&money.currency)),
        _ => None,
    }
}

#[cfg(test)]
#[path = "outlook_tests.rs"]
mod tests;
