//! Holding a rule against what there is, when it is saved: every mistake with its place (规则检查).

mod form;
mod meaning;
mod steps;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::catalogue::Catalogue;
use super::content::{RuleContent, Stacking};
use super::rule::Rule;
use super::trace::RuleRef;
use crate::error::Text;
use crate::formula::Problem;

/// A mistake in a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which part of it, such as `amount` or `tiers.steps.1.to`.
    pub path: String,
    /// Where in the expression that stands there.
    pub place: Option<Place>,
    /// What is wrong and the way out.
    pub text: Text,
}

/// A place in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it begins: characters from the start.
    pub offset: usize,
    /// How many characters it is about.
    pub length: usize,
    /// In which line, counted from 1.
    pub line: usize,
    /// In which column, counted from 1.
    pub column: usize,
}

impl Fault {
    fn at(
        path: impl Into<String>,
        en: impl Into<Cow<'static, str>>,
        zh: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            path: path.into(),
            place: None,
            text: Text::new(en, zh),
        }
    }

    fn within(path: &str, text: &str, problem: Problem) -> Self {
        let before: String = text.chars().take(problem.offset).collect();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let place = Place {
            offset: problem.offset,
            length: problem.length,
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
        };
        Self {
            path: path.to_owned(),
            place: Some(place),
            text: problem.text,
        }
    }

    /// What is wrong with its place in words, for whoever only reads the text.
    #[must_use]
    pub fn told(&self) -> Text {
        match self.place {
            None => self.text.clone(),
            Some(Place { line, column, .. }) => Text::new(
                format!("Line {line}, column {column}: {}", self.text.en),
                format!("第 {line} 行第 {column} 列：{}", self.text.zh),
            ),
        }
    }
}

/// The rule as it is evaluated, when nothing is wrong with it.
///
/// # Errors
/// Every mistake that can be seen.
pub fn compile(
    reference: RuleRef,
    content: RuleContent,
    catalogue: &Catalogue,
) -> Result<Rule, Vec<Fault>> {
    let mut faults = form::faults(&content);
    faults.extend(steps::faults(&content));
    let meant = meaning::read(&content, catalogue, &mut faults);
    match meant {
        Some(meant) if faults.is_empty() => Ok(Rule::new(reference, content, meant)),
        _ => Err(faults),
    }
}

/// Every mistake in a rule; none when it can be saved.
#[must_use]
pub fn faults(content: &RuleContent, catalogue: &Catalogue) -> Vec<Fault> {
    let nil = uuid::Uuid::nil();
    let reference = RuleRef {
        rule: nil,
        version: nil,
        number: 1,
    };
    compile(reference, content.clone(), catalogue)
        .err()
        .unwrap_or_default()
}

/// What keeps rules from being run together: those of a group must have the same mode, period and currency.
#[must_use]
pub fn together(rules: &[&RuleContent]) -> Vec<Fault> {
    let mut groups: BTreeMap<&str, (&RuleContent, &Stacking)> = BTreeMap::new();
    let mut faults = Vec::new();
    for rule in rules {
        let Some(stacking) = &rule.stacking else {
            continue;
        };
        let (first, others) = *groups.entry(&stacking.group).or_insert((rule, stacking));
        let alike = stacking.mode == others.mode
            && rule.period == first.period
            && rule.currency == first.currency;
        if !alike {
            faults.push(Fault::at(
                "stacking",
                format!(
                    "The rules of the group `{}` must have the same mode, period and currency; \"{}\" and \"{}\" don't.",
                    stacking.group, first.name, rule.name
                ),
                format!(
                    "组 `{}` 内的规则须有相同的叠加方式、周期和币种；“{}”与“{}”不一致。",
                    stacking.group, first.name_zh, rule.name_zh
                ),
            ));
        }
    }
    faults
}
