//! Derived metrics (派生指标): expressions in CEL over the keys of other metrics.
//!
//! Only arithmetic is taken from CEL: numbers, `+ - * /`, brackets, `double int min max`, and comparisons joined by
//! `&& || !` to choose by `condition ? one : other`. Whole numbers are read as doubles, as metrics are, so that
//! `complaints / tickets_opened * 100` needs no conversions. A figure that isn't known makes the whole unknown.

mod figure;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;

use super::definition::Unit;
use crate::decimal::Decimal;
use crate::formula::{self, Language};

pub use crate::formula::Problem;
pub use figure::Formula;

/// The most characters.
pub const LONGEST: usize = 1_000;
/// How deep brackets can stand in one another.
pub const DEEPEST: usize = 16;
/// The most operators.
pub const OPERATORS: usize = 60;
/// What can be called.
pub const FUNCTIONS: [&str; 4] = ["double", "int", "max", "min"];

/// The words of such an expression.
const LANGUAGE: Language = Language {
    longest: LONGEST,
    deepest: DEEPEST,
    operators: OPERATORS,
    functions: &FUNCTIONS,
    words: &[],
    rich: false,
    called: ("double, int, max and min", "double、int、max 和 min"),
    made_of: ("numbers and keys of metrics", "数字和指标的键"),
    apart: (
        "make a part of it a metric of its own",
        "请将其中部分拆分为单独的指标",
    ),
    comment: ("the meaning", "含义"),
    example: "complaints / tickets_opened * 100",
};

/// An expression that can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The metrics that it stands on, sorted.
    pub inputs: Vec<String>,
    /// Where each of them is first named: characters from the start.
    pub places: BTreeMap<String, usize>,
}

/// Looks an expression over; `known` tells the unit of a metric that can be named.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text.
pub fn check(text: &str, known: &dyn Fn(&str) -> Option<Unit>) -> Result<Checked, Vec<Problem>> {
    tree::check(&formula::read(text, &LANGUAGE)?, known)
}

/// The figure of an expression; none when one of the figures isn't known, when something is divided by nought, or when
/// the figure is too large. Whoever needs it often reads the [`Formula`] once.
#[must_use]
pub fn evaluate(text: &str, values: &BTreeMap<String, Option<Decimal>>) -> Option<Decimal> {
    Formula::read(text)?.figure(values)
}

/// Is the word taken by the language, so that no metric can have it as its key?
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    LANGUAGE.takes(word)
}
