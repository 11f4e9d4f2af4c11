//! What an expression says, once it is known to make sense.

use std::fmt;

use chrono::NaiveDate;

use super::scope::{Shape, TIERS};
use crate::incentives::rules::value::Number;

/// An operator between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Operator {
    /// As it is written.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }

    /// The higher, the closer it binds.
    const fn rank(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal
            | Self::Unequal
            | Self::Less
            | Self::AtMost
            | Self::More
            | Self::AtLeast => 3,
            Self::Plus | Self::Minus => 4,
            Self::Times | Self::Over => 5,
        }
    }
}

/// What can be called with parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The first part that is known.
    Coalesce,
    /// How many days lie between two.
    Days,
    /// Without what stands behind the point.
    Int,
    /// The greatest part.
    Max,
    /// The least part.
    Min,
}

impl Function {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coalesce => "coalesce",
            Self::Days => "days",
            Self::Int => "int",
            Self::Max => "max",
            Self::Min => "min",
        }
    }
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A number as it is written.
    Number(Number),
    /// A text as it is written.
    Text(String),
    /// `true` or `false`.
    Truth(bool),
    /// A day as it is written.
    Day(NaiveDate),
    /// A number as money, in major units; with its currency where it is written.
    Money(Box<Self>, Option<String>),
    /// A fact of that type.
    Fact(String, Shape),
    /// A parameter.
    Parameter(String),
    /// What the tiers bring.
    Tiers,
    /// Is the fact known?
    Has(String),
    /// The same below nought.
    Negated(Box<Self>),
    /// False where the part is true.
    Not(Box<Self>),
    /// Two parts.
    Two(Operator, Box<Self>, Box<Self>),
    /// One part or the other, by a condition.
    Choice(Box<[Self; 3]>),
    /// Is the part one of those that are written?
    Among(Box<Self>, Vec<Self>),
    /// A function of parts.
    Call(Function, Vec<Self>),
}

impl Node {
    /// Has it no parts of its own?
    #[must_use]
    pub const fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Text(_)
                | Self::Truth(_)
                | Self::Day(_)
                | Self::Fact(..)
                | Self::Parameter(_)
                | Self::Tiers
                | Self::Has(_)
        )
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Choice(_) => 0,
            Self::Two(operator, ..) => operator.rank(),
            Self::Among(..) => 3,
            Self::Negated(_) | Self::Not(_) => 6,
            _ => 7,
        }
    }

    fn within(&self, least: u8, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rank() < least {
            write!(formatter, "({self})")
        } else {
            write!(formatter, "{self}")
        }
    }
}

fn listed(nodes: &[Node], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, node) in nodes.iter().enumerate() {
        if place > 0 {
            formatter.write_str(", ")?;
        }
        write!(formatter, "{node}")?;
    }
    Ok(())
}

/// As it would be written, with the fewest brackets.
impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Text(text) => write!(formatter, "\"{text}\""),
            Self::Truth(truth) => write!(formatter, "{truth}"),
            Self::Day(day) => write!(formatter, "day(\"{day}\")"),
            Self::Money(of, None) => write!(formatter, "money({of})"),
            Self::Money(of, Some(currency)) => write!(formatter, "money({of}, \"{currency}\")"),
            Self::Fact(key, _) | Self::Parameter(key) => formatter.write_str(key),
            Self::Tiers => formatter.write_str(TIERS),
            Self::Has(key) => write!(formatter, "has({key})"),
            Self::Negated(of) => {
                formatter.write_str("-")?;
                // A sign before a number would be read as part of it, and two signs as none.
                let least = if matches!(**of, Self::Number(_)) {
                    8
                } else {
                    7
                };
                of.within(least, formatter)
            }
            Self::Not(of) => {
                formatter.write_str("!")?;
                of.within(7, formatter)
            }
            Self::Two(operator, one, other) => {
                one.within(operator.rank(), formatter)?;
                write!(formatter, " {} ", operator.sign())?;
                other.within(operator.rank() + 1, formatter)
            }
            Self::Choice(parts) => {
                let [condition, one, other] = &**parts;
                condition.within(1, formatter)?;
                formatter.write_str(" ? ")?;
                one.within(1, formatter)?;
                formatter.write_str(" : ")?;
                other.within(0, formatter)
            }
            Self::Among(one, others) => {
                one.within(4, formatter)?;
                formatter.write_str(" in [")?;
                listed(others, formatter)?;
                formatter.write_str("]")
            }
            Self::Call(function, parts) => {
                write!(formatter, "{}(", function.name())?;
                listed(parts, formatter)?;
                formatter.write_str(")")
            }
        }
    }
}
