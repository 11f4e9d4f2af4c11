//! For how many nothing came out of a rule although it may have been for them (缺失统计).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::incentives::rules::trace::Nothing;

/// Of a rule: for how many members, teams or records something was lacking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lacks {
    /// By fact: for how many of them it wasn't known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, u64>,
    /// For how many of them the rule couldn't be computed.
    #[serde(default)]
    pub failed: u64,
}

impl Lacks {
    /// Takes note of why nothing came out. A condition that doesn't hold, a payment in another currency or an amount of nought is what
    /// the rule says: nothing is lacking then.
    pub fn note(&mut self, nothing: &Nothing) {
        match nothing {
            Nothing::Missing { fact } => *self.missing.entry(fact.clone()).or_default() += 1,
            Nothing::Mistyped { .. } | Nothing::DividedByZero | Nothing::TooLarge => {
                self.failed += 1;
            }
            Nothing::Population
            | Nothing::Condition
            | Nothing::OtherCurrency { .. }
            | Nothing::Nought
            | Nothing::Stacked
            | Nothing::Exhausted => {}
        }
    }

    /// Takes over what was lacking in another batch.
    pub fn add(&mut self, other: Self) {
        for (fact, count) in other.missing {
            *self.missing.entry(fact).or_default() += count;
        }
        self.failed += other.failed;
    }

    /// Was nothing lacking?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_isnt_known_and_what_fails_is_lacking_and_what_the_rule_says_is_not() {
        let fact = || "goal.progress".to_owned();
        for (nothing, missing, failed) in [
            (Nothing::Missing { fact: fact() }, 1, 0),
            (Nothing::Mistyped { fact: fact() }, 0, 1),
            (Nothing::DividedByZero, 0, 1),
            (Nothing::TooLarge, 0, 1),
            (Nothing::OtherCurrency { fact: fact() }, 0, 0),
            (Nothing::Population, 0, 0),
            (Nothing::Condition, 0, 0),
            (Nothing::Nought, 0, 0),
            (Nothing::Stacked, 0, 0),
            (Nothing::Exhausted, 0, 0),
        ] {
            let mut lacks = Lacks::default();
            lacks.note(&nothing);
            let found = lacks.missing.get("goal.progress").copied().unwrap_or(0);
            assert_eq!((found, lacks.failed), (missing, failed), "{nothing:?}");
            assert_eq!(lacks.is_empty(), missing + failed == 0, "{nothing:?}");
            let twice = lacks.clone();
            lacks.add(twice);
            let found = lacks.missing.get("goal.progress").copied().unwrap_or(0);
            assert_eq!(
                (found, lacks.failed),
                (2 * missing, 2 * failed),
                "{nothing:?}"
            );
        }
    }
}
