//! What a simulation came to (模拟结果).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::batch::Against;
use crate::decimal::Decimal;
use crate::incentives::rules::guard_rails::{
    Counts, Looks, Risk, Thresholds, Warning, concentration,
};
use crate::incentives::rules::simulation::Distribution;
use crate::incentives::rules::trace::Span;

/// What came out, stored with the simulation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// By currency, and for things: everything together.
    pub comparisons: Vec<Compared>,
    /// By rule.
    pub rules: Vec<OfRule>,
    /// What became of the budgets, by rule and period, where the candidates are run.
    pub budgets: Vec<OfBudget>,
    /// What comes out for each value of the parameter.
    pub points: Vec<Point>,
    /// What may reward the wrong things.
    pub warnings: Vec<Warned>,
}

/// What changes in one currency, or in things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Compared {
    /// The currency; none for things.
    pub currency: Option<String>,
    /// Everybody who gets something by either, by id: before and after.
    pub members: Vec<Row>,
    /// How many get more; none where it is withheld.
    pub gainers: Option<usize>,
    /// How many get less; none where it is withheld.
    pub losers: Option<usize>,
    /// By today's rules; none where it is withheld.
    pub before: Option<Spread>,
    /// By the candidates; none where it is withheld.
    pub after: Option<Spread>,
}

/// A member, with what they get by today's rules and by the candidates, in minor units or things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row(pub Uuid, pub i64, pub i64);

/// How amounts are spread over members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spread {
    /// How many members get something.
    pub members: usize,
    /// What they get together, in minor units or things.
    pub total: i64,
    /// The largest amount, whichever way it goes: decides what is shown, and isn't shown itself.
    pub largest: i64,
    /// The amounts below which 10, 25, 50, 75 and 90 of a hundred members lie.
    pub quantiles: Option<[i64; 5]>,
    /// The Gini coefficient.
    pub gini: Option<Decimal>,
    /// The share of the tenth that gets most, in percent.
    pub top_tenth: Option<Decimal>,
}

impl From<Distribution> for Spread {
    fn from(spread: Distribution) -> Self {
        Self {
            members: spread.members,
            total: i64::try_from(spread.total).unwrap_or(i64::MAX),
            largest: spread.largest,
            quantiles: spread.quantiles,
            gini: spread.gini,
            top_tenth: spread.top_tenth,
        }
    }
}

/// What a rule gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfRule {
    /// By which version.
    pub version: Uuid,
    /// For how many members what all versions of the rule bring changes. It decides what is shown, and isn't shown itself.
    pub moved: usize,
    /// The currency; none for things.
    pub currency: Option<String>,
    /// Is it one that is tried?
    pub candidate: bool,
    /// How many members it is for, in the period in which they are most.
    pub people: u64,
    /// For how many members, teams or records it was evaluated, in all periods.
    pub cases: u64,
    /// By fact: for how many of them it wasn't known, so that they get nothing.
    pub missing: BTreeMap<String, u64>,
    /// A case in which more of a fact brings less, against what the rule says.
    pub against: Option<Against>,
    /// By today's rules; none where it isn't among them, or where it is withheld.
    pub before: Option<Spread>,
    /// By the candidates; none where it isn't among them, or where it is withheld.
    pub after: Option<Spread>,
}

/// What became of a budget in a period, in minor units or things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfBudget {
    /// Of which version.
    pub version: Uuid,
    /// In which period.
    pub span: Span,
    /// The currency; none for things.
    pub currency: Option<String>,
    /// How much there is.
    pub budget: i64,
    /// What was spent of it before, within the simulated periods.
    pub spent: i64,
    /// What the rule would give without it.
    pub asked: i64,
    /// What it gives.
    pub given: i64,
    /// How many members get something. It decides what is shown, like what follows.
    pub members: usize,
    /// How many members would get something without it.
    pub asking: usize,
    /// What the member who would get most would get without it.
    pub largest: i64,
}

/// What comes out for a value of the parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Point {
    /// The value.
    pub value: Decimal,
    /// By currency: what is given; none where it is withheld.
    pub costs: Vec<(Option<String>, Option<Spread>)>,
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Warned {
    /// About what.
    pub risk: Risk,
    /// About which version; none when it is about all of them together.
    pub version: Option<Uuid>,
    /// About whom; none when it is about a rule.
    pub member: Option<Uuid>,
    /// How many members are behind the figure.
    pub members: usize,
    /// The figure.
    pub figure: Decimal,
    /// From which figure on it is told.
    pub threshold: Decimal,
    /// A sentence with the numbers.
    pub en: String,
    /// 一句带数字的说明.
    pub zh: String,
}

/// What is known of how members work, for the guard rails.
#[derive(Clone, Debug, Default)]
pub struct Conduct {
    /// By member.
    pub counts: Vec<Counts>,
    /// By candidate: what it looks at; none that looks at neither tickets nor ratings.
    pub regards: BTreeMap<Uuid, Regard>,
}

/// What a candidate looks at.
#[derive(Clone, Debug, Default)]
pub struct Regard {
    /// Of everybody.
    pub all: Looks,
    /// By member: of whom it looks at more, by their goals.
    pub of: BTreeMap<Uuid, Looks>,
}

impl Regard {
    /// What it looks at of a member.
    #[must_use]
    pub fn at(&self, member: Uuid) -> Looks {
        let own = self.of.get(&member).copied().unwrap_or_default();
        self.all.and(own)
    }

    /// Does it look at anything of anybody?
    #[must_use]
    pub fn sees_anything(&self) -> bool {
        let own = self.of.values().copied();
        own.fold(self.all, Looks::and) != Looks::default()
    }
}

/// Of what is given too much goes to few: told of what all rules bring together, and of each candidate. Where a candidate brings all
/// there is, it is told once.
#[must_use]
pub fn concentrations(comparisons: &[Compared], rules: &[OfRule]) -> Vec<Warned> {
    let together = comparisons
        .iter()
        .filter(|one| !is_of_one_candidate(rules, one.currency.as_ref()))
        .map(|one| (one.after.as_ref(), None));
    let candidates = rules.iter().filter(|rule| rule.candidate);
    let alone = candidates.map(|rule| (rule.after.as_ref(), Some(rule.version)));
    let spreads = together.chain(alone);
    spreads
        .filter_map(|(spread, version)| of_spread(spread?, version))
        .collect()
}

/// Does a candidate bring all that is given in a currency?
fn is_of_one_candidate(rules: &[OfRule], currency: Option<&String>) -> bool {
    let mut giving = rules.iter().filter(|rule| {
        let gives = rule.after.as_ref().is_some_and(|after| after.members > 0);
        gives && rule.currency.as_ref() == currency
    });
    match (giving.next(), giving.next()) {
        (Some(rule), None) => rule.candidate,
        _ => false,
    }
}

fn of_spread(spread: &Spread, version: Option<Uuid>) -> Option<Warned> {
    let plain = Distribution {
        members: spread.members,
        top_tenth: spread.top_tenth,
        ..Distribution::default()
    };
    let found = concentration(&Thresholds::default(), &plain)?;
    Some(Warned::of(found, version, spread.members.div_ceil(10)))
}

impl Warned {
    /// A warning about a version, a member, or all of it; `members` are behind its figure.
    #[must_use]
    pub fn of(warning: Warning, version: Option<Uuid>, members: usize) -> Self {
        Self {
            risk: warning.risk,
            version,
            member: warning.member,
            members,
            figure: warning.figure,
            threshold: warning.threshold,
            en: warning.text.en.into_owned(),
            zh: warning.text.zh.into_owned(),
        }
    }
}
