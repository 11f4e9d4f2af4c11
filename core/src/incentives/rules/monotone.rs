//! Does more of a fact ever bring less? A rule says in which facts it doesn't, and is held to that (单调性检查).

use super::award::worth;
use super::content::TierPays;
use super::rule::Rule;
use super::value::{FactValue, Facts, Money, Number, Value, minor_digits};

/// A case in which more of a fact brings less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The fact.
    pub fact: String,
    /// How much of it brings more.
    pub less: Number,
    /// What that brings, in minor units or things.
    pub brings: i64,
    /// How much of it brings less.
    pub more: Number,
    /// What that brings.
    pub brings_only: i64,
}

/// The first case in which a rule isn't monotone as it says, tried with the facts of a member or record: each fact named in
/// `monotoneIn` is varied over borders of the tiers, the rule's own numbers, and multiples of what it is.
#[must_use]
pub fn violation(rule: &Rule, facts: &Facts) -> Option<Violation> {
    rule.content()
        .monotone_in
        .iter()
        .find_map(|fact| violated(rule, facts, fact))
}

fn violated(rule: &Rule, facts: &Facts, key: &str) -> Option<Violation> {
    let fact = facts.get(key)?;
    let currency = match fact.value.as_ref()? {
        Value::Number(_) => None,
        Value::Money(money) => Some(money.currency.clone()),
        _ => return None,
    };
    let mut varied = facts.clone();
    let mut highest: Option<(Number, i64)> = None;
    for number in probes(rule, fact) {
        let Some(value) = valued(number, currency.as_deref()) else {
            continue;
        };
        varied.insert(key.to_owned(), FactValue::of(value));
        let brings = worth(rule, &varied);
        if let Some((less, most)) = highest.filter(|(_, most)| brings < *most) {
            return Some(Violation {
                fact: key.to_owned(),
                less,
                brings: most,
                more: number,
                brings_only: brings,
            });
        }
        highest = Some((number, brings));
    }
    None
}

/// Numbers at which something may change, ascending.
fn probes(rule: &Rule, fact: &FactValue) -> Vec<Number> {
    let own = match &fact.value {
        Some(Value::Number(number)) => Some(*number),
        Some(Value::Money(money)) => {
            Number::from_minor(money.amount, minor_digits(&money.currency))
        }
        _ => None,
    };
    let tiers = rule.content().tiers.iter().flat_map(|tiers| &tiers.steps);
    let borders = tiers.flat_map(|tier| {
        let (TierPays::Rate(pays) | TierPays::Each(pays) | TierPays::Amount(pays)) = tier.pays;
        [Some(tier.from), tier.to, Some(pays)]
    });
    let around = |number: Number| {
        let hundredth = Number::from_minor(1, 2).unwrap_or_default();
        [
            number.minus(hundredth),
            Some(number),
            number.plus(hundredth),
        ]
    };
    let times =
        |number: Number| [0, 1, 2, 3, 10, 100].map(|factor| number.times(Number::whole(factor)?));
    let mut numbers: Vec<Number> = borders
        .flatten()
        .map(Number::from)
        .chain(rule.parameters().values().copied())
        .chain(own)
        .chain(
            [0, 1, 10, 50, 60, 80, 90, 95, 100, 1_000, 1_000_000]
                .into_iter()
                .filter_map(Number::whole),
        )
        .flat_map(around)
        .chain(own.into_iter().flat_map(times))
        .flatten()
        .filter(|number| !number.is_negative())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn valued(number: Number, currency: Option<&str>) -> Option<Value> {
    use rust_decimal::prelude::ToPrimitive;
    Some(match currency {
        None => Value::Number(number),
        Some(currency) => Value::Money(Money {
            amount: number.to_minor(minor_digits(currency))?.trunc().to_i64()?,
            currency: currency.to_owned(),
        }),
    })
}

#[cfg(test)]
#[path = "monotone_tests.rs"]
mod tests;
