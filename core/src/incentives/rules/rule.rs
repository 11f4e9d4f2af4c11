//! A rule that was read once, to be evaluated often.

use std::collections::{BTreeMap, BTreeSet};

use super::content::RuleContent;
use super::expression::{Expression, Shape};
use super::trace::RuleRef;
use super::value::{Number, minor_digits};
use crate::decimal::Decimal;

/// What the expressions of a rule say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// When it gives.
    pub condition: Expression,
    /// What is held against its tiers.
    pub base: Option<Expression>,
    /// Of what type that is which the tiers bring.
    pub tiers: Option<Shape>,
    /// What it gives.
    pub amount: Expression,
}

impl Meant {
    /// All facts that they name.
    #[must_use]
    pub fn facts(&self) -> BTreeSet<String> {
        [
            Some(&self.condition),
            self.base.as_ref(),
            Some(&self.amount),
        ]
        .into_iter()
        .flatten()
        .flat_map(|expression| expression.facts.iter().cloned())
        .collect()
    }
}

/// A version of a rule, ready to be evaluated. [`super::checking::compile`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    reference: RuleRef,
    content: RuleContent,
    meant: Meant,
    facts: BTreeSet<String>,
    parameters: BTreeMap<String, Number>,
}

impl Rule {
    pub(super) fn new(reference: RuleRef, content: RuleContent, meant: Meant) -> Self {
        Self {
            facts: meant.facts(),
            parameters: content
                .parameters
                .iter()
                .map(|parameter| (parameter.key.clone(), parameter.value.into()))
                .collect(),
            reference,
            content,
            meant,
        }
    }

    /// Which version of which rule it is.
    #[must_use]
    pub const fn reference(&self) -> RuleRef {
        self.reference
    }

    /// What it says.
    #[must_use]
    pub const fn content(&self) -> &RuleContent {
        &self.content
    }

    /// What its expressions say.
    #[must_use]
    pub const fn meant(&self) -> &Meant {
        &self.meant
    }

    /// The facts that it names: all that has to be known to evaluate it.
    #[must_use]
    pub const fn facts(&self) -> &BTreeSet<String> {
        &self.facts
    }

    /// Its parameters.
    #[must_use]
    pub const fn parameters(&self) -> &BTreeMap<String, Number> {
        &self.parameters
    }

    /// How many decimals its amounts have: those of its currency, none for things.
    #[must_use]
    pub fn digits(&self) -> u32 {
        self.content.currency.as_deref().map_or(0, minor_digits)
    }

    /// The same rule with another value of a parameter; none when it has no such parameter, or the value is out of bounds.
    #[must_use]
    pub fn with(&self, key: &str, value: Decimal) -> Option<Self> {
        let mut rule = self.clone();
        let parameter = rule
            .content
            .parameters
            .iter_mut()
            .find(|parameter| parameter.key == key)?;
        let within = parameter.least.is_none_or(|least| least <= value)
            && parameter.most.is_none_or(|most| value <= most);
        if !within {
            return None;
        }
        parameter.value = value;
        rule.parameters.insert(key.to_owned(), value.into());
        Some(rule)
    }
}
