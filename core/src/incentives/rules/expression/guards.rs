//! What is known of a part from the conditions around it: enough to tell whether it can be nought.

use std::collections::BTreeMap;

use super::node::{Function, Node, Operator};
use super::scope::Bounds;
use crate::incentives::rules::value::Number;

/// Where a part lies: each end with whether it is beyond it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    low: Option<(Number, bool)>,
    high: Option<(Number, bool)>,
    unlike_nought: bool,
}

impl Range {
    const fn exactly(number: Number) -> Self {
        Self {
            low: Some((number, false)),
            high: Some((number, false)),
            unlike_nought: false,
        }
    }

    /// The least that it can be.
    pub fn least(&self) -> Option<Number> {
        self.low.map(|(low, _)| low)
    }

    /// The most that it can be, and whether it is always less than that.
    pub const fn most(&self) -> Option<(Number, bool)> {
        self.high
    }

    /// Is it nought and nothing else?
    pub fn is_nought(&self) -> bool {
        let nought = Some((Number::ZERO, false));
        self.low == nought && self.high == nought
    }

    /// Can it never be nought?
    pub fn excludes_nought(&self) -> bool {
        self.unlike_nought || self.is_above() || self.negated().is_above()
    }

    fn is_above(&self) -> bool {
        self.low
            .is_some_and(|(low, beyond)| low > Number::ZERO || low.is_zero() && beyond)
    }

    fn is_not_below(&self) -> bool {
        self.low.is_some_and(|(low, _)| !low.is_negative())
    }

    fn negated(&self) -> Self {
        let turned = |(end, beyond): (Number, bool)| (end.negated(), beyond);
        Self {
            low: self.high.map(turned),
            high: self.low.map(turned),
            unlike_nought: self.unlike_nought,
        }
    }

    /// Both hold.
    fn and(self, other: Self) -> Self {
        let high = match (self.high.map(tight), other.high.map(tight)) {
            (Some(one), Some(other)) => Some(tight(one.min(other))),
            _ => self.high.or(other.high),
        };
        Self {
            low: self.low.max(other.low),
            high,
            unlike_nought: self.unlike_nought || other.unlike_nought,
        }
    }

    /// One of both holds.
    fn or(self, other: Self) -> Self {
        let low = match (self.low, other.low) {
            (Some(one), Some(other)) => Some(one.min(other)),
            _ => None,
        };
        let high = match (self.high.map(tight), other.high.map(tight)) {
            (Some(one), Some(other)) => Some(tight(one.max(other))),
            _ => None,
        };
        Self {
            low,
            high,
            unlike_nought: self.excludes_nought() && other.excludes_nought(),
        }
    }

    fn plus(self, other: Self) -> Self {
        let sum = |one: Option<(Number, bool)>, other: Option<(Number, bool)>| {
            let ((one, first), (other, second)) = (one?, other?);
            Some((one.plus(other)?, first || second))
        };
        Self {
            low: sum(self.low, other.low),
            high: sum(self.high, other.high),
            unlike_nought: false,
        }
    }

    /// Only the sign of a product is told, and for numbers that are written the product.
    fn times(self, other: Self) -> Self {
        if let (Some(one), Some(other)) = (self.single(), other.single()) {
            return one.times(other).map_or_else(Self::default, Self::exactly);
        }
        let above = self.is_above() && other.is_above();
        let low =
            (above || self.is_not_below() && other.is_not_below()).then_some((Number::ZERO, above));
        Self {
            low,
            high: None,
            unlike_nought: self.excludes_nought() && other.excludes_nought(),
        }
    }

    fn single(&self) -> Option<Number> {
        let ((low, false), (high, false)) = (self.low?, self.high?) else {
            return None;
        };
        (low == high).then_some(low)
    }
}

/// High ends are in the order of how far they reach when the one that is beyond its number comes before the other.
const fn tight((number, beyond): (Number, bool)) -> (Number, bool) {
    (number, !beyond)
}

/// The conditions around a part.
#[derive(Debug)]
pub struct Guards<'g> {
    parameters: &'g BTreeMap<String, Bounds>,
    known: Vec<(Node, Operator, Node)>,
}

impl<'g> Guards<'g> {
    pub const fn new(parameters: &'g BTreeMap<String, Bounds>) -> Self {
        Self {
            parameters,
            known: Vec::new(),
        }
    }

    pub const fn depth(&self) -> usize {
        self.known.len()
    }

    pub fn forget(&mut self, depth: usize) {
        self.known.truncate(depth);
    }

    /// Takes a condition as true or false.
    pub fn suppose(&mut self, condition: &Node, holds: bool) {
        match condition {
            Node::Not(of) => self.suppose(of, !holds),
            Node::Two(Operator::And, one, other) if holds => {
                self.suppose(one, true);
                self.suppose(other, true);
            }
            Node::Two(Operator::Or, one, other) if !holds => {
                self.suppose(one, false);
                self.suppose(other, false);
            }
            Node::Two(operator, one, other) => {
                let operator = if holds {
                    Some(*operator)
                } else {
                    opposite(*operator)
                };
                if let Some(operator) = operator {
                    self.known
                        .push(((**one).clone(), operator, (**other).clone()));
                }
            }
            _ => {}
        }
    }

    /// Where a part lies.
    pub fn range(&self, part: &Node) -> Range {
        let own = self.own(part, true);
        self.known
            .iter()
            .fold(own, |range, (one, operator, other)| {
                if one == part {
                    range.and(bound(*operator, self.own(other, false)))
                } else if other == part {
                    range.and(bound(turned(*operator), self.own(one, false)))
                } else {
                    range
                }
            })
    }

    /// Where a part lies by what it is made of; `guarded` tells whether conditions count for its parts too.
    fn own(&self, part: &Node, guarded: bool) -> Range {
        let of = |part: &Node| {
            if guarded {
                self.range(part)
            } else {
                self.own(part, false)
            }
        };
        match part {
            Node::Number(number) => Range::exactly(*number),
            Node::Money(part, _) => of(part),
            Node::Parameter(key) => {
                self.parameters
                    .get(key)
                    .map_or_else(Range::default, |bounds| Range {
                        low: bounds.least.map(|least| (least, false)),
                        high: bounds.most.map(|most| (most, false)),
                        unlike_nought: false,
                    })
            }
            Node::Negated(part) => of(part).negated(),
            Node::Two(Operator::Plus, one, other) => of(one).plus(of(other)),
            Node::Two(Operator::Minus, one, other) => of(one).plus(of(other).negated()),
            Node::Two(Operator::Times, one, other) => of(one).times(of(other)),
            Node::Two(Operator::Over, one, other) => {
                let (one, other) = (of(one), of(other));
                let above = one.is_above() && other.is_above();
                Range {
                    low: above.then_some((Number::ZERO, true)),
                    high: None,
                    unlike_nought: above,
                }
            }
            Node::Choice(parts) => of(&parts[1]).or(of(&parts[2])),
            Node::Call(Function::Coalesce, parts) => {
                parts.iter().map(of).reduce(Range::or).unwrap_or_default()
            }
            Node::Call(Function::Max, parts) => {
                parts
                    .iter()
                    .map(of)
                    .fold(Range::default(), |all, one| Range {
                        low: all.low.max(one.low),
                        high: None,
                        unlike_nought: false,
                    })
            }
            Node::Call(Function::Min, parts) => {
                let parts: Vec<Range> = parts.iter().map(of).collect();
                let above = parts.iter().all(Range::is_above);
                let low = (above || parts.iter().all(Range::is_not_below))
                    .then_some((Number::ZERO, above));
                Range {
                    low,
                    high: None,
                    unlike_nought: false,
                }
            }
            _ => Range::default(),
        }
    }
}

/// Where a part lies that stands in this relation to another.
fn bound(operator: Operator, other: Range) -> Range {
    let beyond = |(end, _): (Number, bool)| (end, true);
    let none = Range::default();
    match operator {
        Operator::More => Range {
            low: other.low.map(beyond),
            ..none
        },
        Operator::AtLeast => Range {
            low: other.low,
            ..none
        },
        Operator::Less => Range {
            high: other.high.map(beyond),
            ..none
        },
        Operator::AtMost => Range {
            high: other.high,
            ..none
        },
        Operator::Equal => Range {
            low: other.low,
            high: other.high,
            ..none
        },
        Operator::Unequal => Range {
            unlike_nought: other.is_nought(),
            ..none
        },
        _ => none,
    }
}

const fn opposite(operator: Operator) -> Option<Operator> {
    Some(match operator {
        Operator::Equal => Operator::Unequal,
        Operator::Unequal => Operator::Equal,
        Operator::Less => Operator::AtLeast,
        Operator::AtLeast => Operator::Less,
        Operator::More => Operator::AtMost,
        Operator::AtMost => Operator::More,
        _ => return None,
    })
}

const fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::More,
        Operator::More => Operator::Less,
        Operator::AtMost => Operator::AtLeast,
        Operator::AtLeast => Operator::AtMost,
        other => other,
    }
}
