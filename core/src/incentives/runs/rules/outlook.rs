//! What a member can still reach by a rule, and what it takes (还可争取).
//!
//! Only facts of the member are told. Where a rule asks about a team, a region or records that are still to come, nothing is told of
//! that part, nor what the rule gives: it may hold.

use crate::incentives::rules::award::{Case, Credited, Outcome, belongs, evaluate};
use crate::incentives::rules::catalogue::{Catalogue, Level};
use crate::incentives::rules::content::{TierPays, Trigger};
use crate::incentives::rules::expression::{Computed, Expression, Given, Node, Operator};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::Nothing;
use crate::incentives::rules::value::{Facts, Number};

/// How a member stands with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// What it gives as things stand, before caps that look at everybody: minor units or things. None where that doesn't follow from
    /// the member's own figures.
    pub amount: Option<i64>,
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
    /// Where the member stands; none when that isn't known.
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
    /// The fact that it is about, where it is about one.
    pub fact: Option<String>,
    /// Where the member stands; none when that isn't known.
    pub now: Option<Number>,
    /// What is wanted.
    pub wanted: Option<Number>,
    /// Must it be passed, rather than reached?
    pub beyond: bool,
    /// How much is missing, never below nought; none where it can't be told.
    pub distance: Option<Number>,
}

/// How a member stands with a rule. The facts are the member's own.
#[must_use]
pub fn outlook(rule: &Rule, catalogue: &Catalogue, case: &Case<'_>) -> Outlook {
    let eyes = Eyes { rule, catalogue };
    let content = rule.content();
    let belong = |credited: &Credited| belongs(&content.population, &credited.person);
    if !case.people.iter().any(belong) {
        return Outlook {
            amount: None,
            nothing: Some(Nothing::Population),
            next: None,
            unmet: Vec::new(),
        };
    }
    let known = |key: &String| case.facts.iter().find_map(|facts| facts.get(key));
    let facts: Facts = rule
        .facts()
        .iter()
        .map(|key| (key.clone(), known(key).cloned().unwrap_or_default()))
        .collect();
    let (amount, nothing) = if eyes.is_alone() {
        eyes.given(case)
    } else {
        (None, None)
    };
    Outlook {
        amount,
        nothing,
        next: eyes.next(&facts),
        unmet: eyes.unmet(&facts),
    }
}

struct Eyes<'e> {
    rule: &'e Rule,
    catalogue: &'e Catalogue,
}

impl Eyes<'_> {
    /// Does what the rule gives follow from the member's own figures?
    fn is_alone(&self) -> bool {
        let content = self.rule.content();
        content.trigger == Trigger::PerPeriod
            && content.split.is_none()
            && self.is_own(self.rule.facts().iter())
    }

    /// What it gives and why it doesn't, within the cap of a member.
    fn given(&self, case: &Case<'_>) -> (Option<i64>, Option<Nothing>) {
        let most = self.rule.content().caps.per_member;
        match evaluate(self.rule, case) {
            Outcome::Awards(awards) => {
                let sum: i64 = awards.iter().map(|award| award.amount).sum();
                (Some(most.map_or(sum, |most| sum.min(most))), None)
            }
            Outcome::Nothing(trace) => (Some(0), trace.nothing),
        }
    }

    /// Do all these facts tell of the member alone?
    fn is_own<'k>(&self, mut facts: impl Iterator<Item = &'k String>) -> bool {
        facts.all(|key| {
            let level = self.catalogue.get(key).map(|fact| fact.level);
            level == Some(Level::Member)
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

    fn next(&self, facts: &Facts) -> Option<NextTier> {
        let tiers = self.rule.content().tiers.as_ref()?;
        let base = self.rule.meant().base.as_ref()?;
        if !self.is_own(base.facts.iter()) {
            return None;
        }
        let now = self.value(base, facts).and_then(Computed::number);
        let above = |from: Number| now.is_none_or(|now| now < from);
        let mut steps = tiers.steps.iter().enumerate();
        let (tier, step) = steps.find(|(_, step)| above(step.from.into()))?;
        let from = Number::from(step.from);
        Some(NextTier {
            tier,
            base: now,
            from,
            distance: now.and_then(|now| from.minus(now)),
            pays: step.pays,
        })
    }

    fn unmet(&self, facts: &Facts) -> Vec<Unmet> {
        let condition = &self.rule.meant().condition;
        let mut parts = Vec::new();
        together(&condition.root, &mut parts);
        let own = |part: &&Node| {
            let mut facts = Vec::new();
            named(part, &mut facts);
            self.is_own(facts.into_iter())
        };
        parts
            .into_iter()
            .filter(own)
            .filter_map(|part| {
                let alone = Expression {
                    root: part.clone(),
                    ..condition.clone()
                };
                let holds = self.value(&alone, facts) == Some(Computed::Truth(true));
                (!holds).then(|| self.lack(part, facts))
            })
            .collect()
    }

    fn lack(&self, part: &Node, facts: &Facts) -> Unmet {
        let fact = about(part);
        let now = fact.and_then(|fact| number_of(facts.get(fact)?.value.as_ref()?));
        let mut lack = Unmet {
            part: part.to_string(),
            fact: fact.cloned(),
            now,
            wanted: None,
            beyond: false,
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
        lack.beyond = matches!(operator, Operator::More | Operator::Less);
        lack.now = facts
            .get(fact)
            .and_then(|fact| number_of(fact.value.as_ref()?));
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

/// The facts that a part names.
fn named<'n>(node: &'n Node, facts: &mut Vec<&'n String>) {
    match node {
        Node::Fact(key, _) | Node::Has(key) => facts.push(key),
        Node::Money(of, _) | Node::Negated(of) | Node::Not(of) => named(of, facts),
        Node::Two(_, one, other) => {
            named(one, facts);
            named(other, facts);
        }
        Node::Choice(parts) => parts.iter().for_each(|part| named(part, facts)),
        Node::Among(one, others) => {
            named(one, facts);
            others.iter().for_each(|part| named(part, facts));
        }
        Node::Call(_, parts) => parts.iter().for_each(|part| named(part, facts)),
        Node::Number(_)
        | Node::Text(_)
        | Node::Truth(_)
        | Node::Day(_)
        | Node::Parameter(_)
        | Node::Tiers => {}
    }
}

/// The fact that a part is about, where it names one only.
fn about(part: &Node) -> Option<&String> {
    let mut facts = Vec::new();
    named(part, &mut facts);
    let first = facts.first().copied()?;
    facts.iter().all(|fact| *fact == first).then_some(first)
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
