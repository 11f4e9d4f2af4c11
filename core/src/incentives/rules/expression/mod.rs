//! The expressions of rules: a part of CEL over facts and parameters, in exact decimals.
//!
//! Of CEL there are numbers, texts in quotes, `true` and `false`, `+ - * /`, comparisons, `&& || !`, `condition ? one : other`,
//! `x in ["a", "b"]` and `has(fact)`; and the functions `coalesce day days int max min money`. Nothing repeats, so that an
//! expression takes no more steps than it has parts.
//!
//! A fact that isn't known makes everything that needs it unknown. `has(fact)` asks whether it is known, `coalesce(fact, 0)`
//! says what holds instead. As in CEL, what decides a `&&` or `||` alone decides even when the other side is unknown.

mod evaluate;
mod guards;
mod lower;
mod node;
mod scope;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::value::Number;
use crate::formula::{self, Language, Problem};

pub use evaluate::{Computed, Given};
pub use node::{Function, Node, Operator};
pub use scope::{Bounds, Known, Scope, Shape};

/// The most characters.
pub const LONGEST: usize = 1_000;
/// How deep brackets can stand in one another.
pub const DEEPEST: usize = 12;
/// The most operators, commas among them.
pub const OPERATORS: usize = 60;
/// What can be called.
pub const FUNCTIONS: [&str; 8] = [
    "coalesce", "day", "days", "has", "int", "max", "min", "money",
];

/// The words of such an expression.
const LANGUAGE: Language = Language {
    longest: LONGEST,
    deepest: DEEPEST,
    operators: OPERATORS,
    functions: &FUNCTIONS,
    words: &["true", "false", "in"],
    rich: true,
    called: (
        "coalesce, day, days, has, int, max, min and money",
        "coalesce、day、days、has、int、max、min 和 money",
    ),
    made_of: (
        "numbers, texts, facts and parameters",
        "数字、文本、事实和参数",
    ),
    apart: (
        "split the rule, or shorten the expression",
        "请拆分规则或精简表达式",
    ),
    comment: ("the purpose of the rule", "规则目的"),
    example: "payment.amount * rate",
};

/// An expression that was held against what there is, read once to be evaluated often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// What it says.
    pub root: Node,
    /// What it comes to.
    pub shape: Shape,
    /// The facts that it names.
    pub facts: BTreeSet<String>,
    /// The least that it can be, as far as that can be told.
    pub least: Option<Number>,
    /// The most that it can be, as far as that can be told, and whether it is always less than that.
    pub most: Option<(Number, bool)>,
}

impl Expression {
    /// Reads an expression and holds it against what there is. What `given` says is taken as true, so that an amount can
    /// divide by what the condition has asked about.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the text.
    pub fn read(text: &str, scope: &Scope<'_>, given: Option<&Node>) -> Result<Self, Vec<Problem>> {
        let tree = formula::read(text, &LANGUAGE)?;
        lower::lower(&tree, scope, given)
    }
}

/// Is the word taken by the language, so that no parameter can have it as its key?
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    LANGUAGE.takes(word) || word == scope::TIERS
}
