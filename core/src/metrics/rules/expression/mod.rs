//! Derived metrics (派生指标): expressions in CEL over the keys of other metrics.
//!
//! Only arithmetic is taken from CEL: numbers, `+ - * /`, brackets, `double int min max`, and comparisons joined by
//! `&& || !` to choose by `condition ? one : other`. Whole numbers are read as doubles, as metrics are, so that
//! `complaints / tickets_opened * 100` needs no conversions. A figure that isn't known makes the whole unknown.

mod figure;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use std::collections::BTreeMap;

use super::definition::Unit;
use crate::decimal::Decimal;
use crate::error::Text;

pub use figure::Formula;

/// The most characters.
pub const LONGEST: usize = 1_000;
/// How deep brackets can stand in one another.
pub const DEEPEST: usize = 16;
/// The most operators.
pub const OPERATORS: usize = 60;
/// What can be called.
pub const FUNCTIONS: [&str; 4] = ["double", "int", "max", "min"];

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it begins: characters from the start.
    pub offset: usize,
    /// How many characters it is about.
    pub length: usize,
    /// What is wrong and the way out.
    pub text: Text,
}

impl Problem {
    fn new(
        (offset, length): (usize, usize),
        en: impl Into<std::borrow::Cow<'static, str>>,
        zh: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Self {
        Self {
            offset,
            length,
            text: Text::new(en, zh),
        }
    }
}

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
    let (tree, source) = tree::read(text)?;
    tree::check(&tree, &source, known)
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
    FUNCTIONS.contains(&word) || words::RESERVED.contains(&word)
}
