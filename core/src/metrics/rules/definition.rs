//! How a metric is computed (指标定义): a base metric counts facts, a derived one is an expression over other metrics.

use entity::enums::Attribution;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;

/// How a metric is computed, as a version keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Definition {
    /// What the figure is.
    pub unit: Unit,
    /// Whether more is better.
    pub direction: Direction,
    /// What it is computed from.
    #[serde(flatten)]
    pub body: Body,
}

impl Definition {
    /// Is it made of other metrics?
    #[must_use]
    pub const fn is_derived(&self) -> bool {
        matches!(self.body, Body::Derived(_))
    }
}

/// What a metric is computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Body {
    /// From facts.
    Facts(Base),
    /// From other metrics.
    Derived(Derived),
}

/// A figure from facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Base {
    /// The source of the facts; its time rule says on which day each counts.
    pub source: String,
    /// To whom they are attributed.
    pub attribution: Attribution,
    /// What is made of them.
    pub aggregate: Aggregate,
    /// Which measure is looked at; none when facts are only counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// For a rate over a measure that isn't yes or no: from which value on a fact counts as yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    /// Only records of these kinds; of all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Only records that came in these ways; in all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// What a fact without the measure means.
    #[serde(default)]
    pub missing: Missing,
}

/// A figure from other figures of the same time and part of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Derived {
    /// In CEL, over the keys of other metrics.
    pub expression: String,
    /// What it stands on, sorted: found when it is saved.
    pub inputs: Vec<String>,
}

/// What the figure is (单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of things; parts of things where credit is shared.
    Count,
    /// Hundredths of a whole.
    Percent,
    /// Seconds.
    Seconds,
    /// Points of a rating.
    Points,
    /// Minor units of the company's currency, such as fen (分).
    Money,
    /// Anything else.
    Number,
}

/// Whether more is better (方向).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: it only describes.
    Neutral,
}

/// What is made of the facts (汇总方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    /// How many there are.
    Count,
    /// The sum of the measure.
    Sum,
    /// The mean of the measure.
    Mean,
    /// How many of a hundred are a yes.
    Rate,
}

/// What a fact without the measure means (缺失值处理).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// It is left out.
    #[default]
    Skip,
    /// It counts as nought.
    Zero,
}

impl Base {
    /// Do figures of parts add up to the whole? Counts and sums do, means and rates don't.
    #[must_use]
    pub const fn is_additive(&self) -> bool {
        matches!(self.aggregate, Aggregate::Count | Aggregate::Sum)
    }

    /// What one fact contributes, by its measure: none when it is left out of means and rates.
    #[must_use]
    pub fn value_of(&self, measure: Option<i64>) -> Option<i64> {
        let value = match (measure, self.missing) {
            (None, Missing::Skip) => return None,
            (None, Missing::Zero) => 0,
            (Some(value), _) => value,
        };
        Some(match (self.aggregate, self.at_least) {
            (Aggregate::Rate, Some(least)) => i64::from(value >= least),
            _ => value,
        })
    }
}

/// What facts add up to, in ten-thousandths: enough for every aggregate, and such sums can be added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many.
    pub weight: i64,
    /// How many of them have a value.
    pub counted: i64,
    /// The sum of their values.
    pub total: i64,
}

impl Sums {
    /// Adds other sums.
    pub const fn add(&mut self, other: Self) {
        self.weight += other.weight;
        self.counted += other.counted;
        self.total += other.total;
    }

    /// How much is behind the figure: everything behind a count, what has a value behind all else.
    #[must_use]
    pub const fn behind(self, aggregate: Aggregate) -> i64 {
        match aggregate {
            Aggregate::Count => self.weight,
            Aggregate::Sum | Aggregate::Mean | Aggregate::Rate => self.counted,
        }
    }

    /// The figure, half rounded away from nought to four decimals; none where there is nothing to take a mean of.
    #[must_use]
    pub fn figure(self, aggregate: Aggregate) -> Option<Decimal> {
        let of = |times: i128| {
            (self.counted != 0).then(|| ratio(i128::from(self.total) * times, self.counted.into()))
        };
        match aggregate {
            Aggregate::Count => Some(Decimal(self.weight)),
            Aggregate::Sum => Some(Decimal(self.total)),
            Aggregate::Mean => of(10_000),
            Aggregate::Rate => of(1_000_000),
        }
    }
}

/// The quotient as a whole number, half rounded away from nought.
fn ratio(over: i128, under: i128) -> Decimal {
    let (half, sign) = (under.abs() / 2, over.signum() * under.signum());
    let quotient = (over.abs() + half) / under.abs() * sign;
    Decimal(i64::try_from(quotient).unwrap_or(i64::MAX))
}
