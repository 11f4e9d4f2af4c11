//! What an expression comes to, and every part of it on the way.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Expression;
use super::node::{Function, Node, Operator};
use super::scope::Shape;
use crate::incentives::rules::trace::{Came, Line, Nothing};
use crate::incentives::rules::value::{Facts, Number, Value, minor_digits};

/// What is known where an expression is evaluated.
#[derive(Clone, Copy, Debug)]
pub struct Given<'g> {
    /// The facts; one that isn't there isn't known.
    pub facts: &'g Facts,
    /// The parameters.
    pub parameters: &'g BTreeMap<String, Number>,
    /// What the tiers bring.
    pub tiers: Option<Computed<'g>>,
}

/// What a part comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Computed<'c> {
    /// A number.
    Number(Number),
    /// Money, in major units.
    Money(Number),
    /// A text.
    Text(&'c str),
    /// True or false.
    Truth(bool),
    /// A day.
    Day(NaiveDate),
}

impl Computed<'_> {
    /// The number, of things or of major units.
    #[must_use]
    pub const fn number(self) -> Option<Number> {
        match self {
            Self::Number(number) | Self::Money(number) => Some(number),
            _ => None,
        }
    }

    fn came(self) -> Came {
        Came::Value(match self {
            Self::Money(number) => return Came::Money(number),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(text.to_owned()),
            Self::Truth(truth) => Value::Bool(truth),
            Self::Day(day) => Value::Day(day),
        })
    }
}

impl Expression {
    /// What it comes to, and its parts in the order in which they were worked out, the whole last.
    pub fn evaluate<'c>(&'c self, given: &Given<'c>) -> (Result<Computed<'c>, Nothing>, Vec<Line>) {
        let mut steps = Steps {
            given,
            lines: Some(Vec::new()),
        };
        let result = steps.part(&self.root);
        if self.root.is_leaf() {
            steps.line(&self.root, &result);
        }
        (result, steps.lines.unwrap_or_default())
    }

    /// The same without its parts, for whoever asks often and tells nobody: writing the parts takes far longer than working them
    /// out.
    ///
    /// # Errors
    /// Why nothing comes out.
    pub fn value<'c>(&'c self, given: &Given<'c>) -> Result<Computed<'c>, Nothing> {
        let mut steps = Steps { given, lines: None };
        steps.part(&self.root)
    }
}

struct Steps<'s, 'c> {
    given: &'s Given<'c>,
    /// None where nobody asks for the parts.
    lines: Option<Vec<Line>>,
}

impl<'c> Steps<'_, 'c> {
    fn line(&mut self, part: &Node, result: &Result<Computed<'c>, Nothing>) {
        let Some(lines) = &mut self.lines else {
            return;
        };
        let part = part.to_string();
        if lines.iter().any(|line| line.part == part) {
            return;
        }
        let value = match result {
            Ok(value) => value.came(),
            Err(nothing) => Came::Nothing(nothing.clone()),
        };
        lines.push(Line { part, value });
    }

    fn part(&mut self, part: &'c Node) -> Result<Computed<'c>, Nothing> {
        let result = self.result(part);
        if !part.is_leaf() {
            self.line(part, &result);
        }
        result
    }

    fn result(&mut self, part: &'c Node) -> Result<Computed<'c>, Nothing> {
        match part {
            Node::Number(number) => Ok(Computed::Number(*number)),
            Node::Text(text) => Ok(Computed::Text(text)),
            Node::Truth(truth) => Ok(Computed::Truth(*truth)),
            Node::Day(day) => Ok(Computed::Day(*day)),
            Node::Money(of, _) => Ok(Computed::Money(self.number(of)?)),
            Node::Fact(key, shape) => self.fact(key, shape),
            Node::Parameter(key) => {
                let missing = || Nothing::Missing { fact: key.clone() };
                let number = self.given.parameters.get(key).copied();
                number.map(Computed::Number).ok_or_else(missing)
            }
            Node::Tiers => {
                let missing = || Nothing::Missing {
                    fact: part.to_string(),
                };
                self.given.tiers.ok_or_else(missing)
            }
            Node::Has(key) => {
                let known = self
                    .given
                    .facts
                    .get(key)
                    .is_some_and(|fact| fact.value.is_some());
                Ok(Computed::Truth(known))
            }
            Node::Negated(of) => Ok(match self.part(of)? {
                Computed::Money(number) => Computed::Money(number.negated()),
                other => Computed::Number(counted(other)?.negated()),
            }),
            Node::Not(of) => Ok(Computed::Truth(!self.truth(of)?)),
            Node::Two(Operator::And, one, other) => self.decided(one, other, false),
            Node::Two(Operator::Or, one, other) => self.decided(one, other, true),
            Node::Two(operator, one, other) => {
                let (one, other) = (self.part(one)?, self.part(other)?);
                two(*operator, one, other)
            }
            Node::Choice(parts) => {
                let [condition, one, other] = &**parts;
                let part = if self.truth(condition)? { one } else { other };
                self.part(part)
            }
            Node::Among(one, others) => {
                let one = self.part(one)?;
                for other in others {
                    if equal(one, self.part(other)?) {
                        return Ok(Computed::Truth(true));
                    }
                }
                Ok(Computed::Truth(false))
            }
            Node::Call(function, parts) => self.call(*function, parts),
        }
    }

    fn fact(&self, key: &str, shape: &Shape) -> Result<Computed<'c>, Nothing> {
        let fact = || key.to_owned();
        let value = self
            .given
            .facts
            .get(key)
            .and_then(|fact| fact.value.as_ref())
            .ok_or_else(|| Nothing::Missing { fact: fact() })?;
        match (value, shape) {
            (Value::Number(number), Shape::Number) => Ok(Computed::Number(*number)),
            (Value::Text(text), Shape::Text) => Ok(Computed::Text(text)),
            (Value::Bool(truth), Shape::Truth) => Ok(Computed::Truth(*truth)),
            (Value::Day(day), Shape::Day) => Ok(Computed::Day(*day)),
            (Value::Money(money), Shape::Money(currency)) => {
                if money.currency != *currency {
                    return Err(Nothing::OtherCurrency { fact: fact() });
                }
                Number::from_minor(money.amount, minor_digits(currency))
                    .map(Computed::Money)
                    .ok_or(Nothing::TooLarge)
            }
            _ => Err(Nothing::Mistyped { fact: fact() }),
        }
    }

    fn number(&mut self, part: &'c Node) -> Result<Number, Nothing> {
        counted(self.part(part)?)
    }

    fn truth(&mut self, part: &'c Node) -> Result<bool, Nothing> {
        match self.part(part)? {
            Computed::Truth(truth) => Ok(truth),
            _ => Err(unfit()),
        }
    }

    /// One side that is `decisive` decides, whatever the other one is.
    fn decided(
        &mut self,
        one: &'c Node,
        other: &'c Node,
        decisive: bool,
    ) -> Result<Computed<'c>, Nothing> {
        let one = self.truth(one);
        if one == Ok(decisive) {
            return Ok(Computed::Truth(decisive));
        }
        let other = self.truth(other)?;
        if other == decisive {
            return Ok(Computed::Truth(decisive));
        }
        one.map(Computed::Truth)
    }

    fn call(&mut self, function: Function, parts: &'c [Node]) -> Result<Computed<'c>, Nothing> {
        match (function, parts) {
            (Function::Coalesce, [parts @ .., last]) => {
                for part in parts {
                    match self.part(part) {
                        Err(Nothing::Missing { .. }) => {}
                        known => return known,
                    }
                }
                self.part(last)
            }
            (Function::Days, [from, to]) => match (self.part(from)?, self.part(to)?) {
                (Computed::Day(from), Computed::Day(to)) => Number::whole((to - from).num_days())
                    .map(Computed::Number)
                    .ok_or(Nothing::TooLarge),
                _ => Err(unfit()),
            },
            (Function::Int, [of]) => Ok(match self.part(of)? {
                Computed::Money(number) => Computed::Money(number.truncated()),
                other => Computed::Number(counted(other)?.truncated()),
            }),
            (Function::Max | Function::Min, [first, others @ ..]) => {
                let mut best = self.part(first)?;
                for other in others {
                    let other = self.part(other)?;
                    let more = two(Operator::More, other, best)? == Computed::Truth(true);
                    if more == (function == Function::Max) {
                        best = other;
                    }
                }
                Ok(best)
            }
            _ => Err(unfit()),
        }
    }
}

/// Types were held to it when the expression was read; what doesn't fit all the same comes to nothing.
const fn unfit() -> Nothing {
    Nothing::Mistyped {
        fact: String::new(),
    }
}

fn counted(value: Computed<'_>) -> Result<Number, Nothing> {
    value.number().ok_or_else(unfit)
}

fn equal(one: Computed<'_>, other: Computed<'_>) -> bool {
    one == other
}

fn two<'c>(
    operator: Operator,
    one: Computed<'c>,
    other: Computed<'c>,
) -> Result<Computed<'c>, Nothing> {
    let truth = match operator {
        Operator::Equal => equal(one, other),
        Operator::Unequal => !equal(one, other),
        Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => {
            let order = match (one, other) {
                (Computed::Day(one), Computed::Day(other)) => one.cmp(&other),
                _ => counted(one)?.cmp(&counted(other)?),
            };
            match operator {
                Operator::Less => order.is_lt(),
                Operator::AtMost => order.is_le(),
                Operator::More => order.is_gt(),
                _ => order.is_ge(),
            }
        }
        _ => return arithmetic(operator, one, other),
    };
    Ok(Computed::Truth(truth))
}

fn arithmetic<'c>(
    operator: Operator,
    one: Computed<'c>,
    other: Computed<'c>,
) -> Result<Computed<'c>, Nothing> {
    let (left, right) = (counted(one)?, counted(other)?);
    if operator == Operator::Over && right.is_zero() {
        return Err(Nothing::DividedByZero);
    }
    let number = match operator {
        Operator::Plus => left.plus(right),
        Operator::Minus => left.minus(right),
        Operator::Times => left.times(right),
        _ => left.over(right),
    };
    let number = number.ok_or(Nothing::TooLarge)?;
    let money = |value: Computed<'_>| matches!(value, Computed::Money(_));
    let both = money(one) && money(other);
    // Money over money is a number; everything else with money in it is money.
    Ok(
        if money(one) != money(other) || both && operator != Operator::Over {
            Computed::Money(number)
        } else {
            Computed::Number(number)
        },
    )
}
