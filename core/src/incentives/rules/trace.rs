//! How an award came about: the facts, and each step from them to the amount (计算过程).
//!
//! A trace is stored with its award and never changes. From its facts and the version of the rule that it names the amount can
//! be computed again, see [`super::recompute`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::content::{Exhausted, RoundingMode, StackingMode, TierMethod, TierPays};
use super::value::{Facts, Number, Value};

/// Everything from facts to amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trace {
    /// By which version of which rule.
    pub rule: RuleRef,
    /// For which time.
    pub period: Span,
    /// For what.
    pub subject: Subject,
    /// Who gets it; none when nobody does.
    pub member: Option<Uuid>,
    /// Each fact that the rule names, as it was known.
    pub facts: Facts,
    /// The parameters of the rule, as they were.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Number>,
    /// From the facts to the amount, in this order.
    pub steps: Vec<Step>,
    /// What comes out: in minor units of the rule's currency, or in whole things; never below nought.
    pub amount: i64,
    /// Why nothing comes out, where it doesn't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nothing: Option<Nothing>,
}

impl Trace {
    /// The same without what it tells of the awards of others: what a rule's cap or budget had to hold altogether. It can't be
    /// computed again from that.
    #[must_use]
    pub fn for_the_member(mut self) -> Self {
        for step in &mut self.steps {
            if let Step::RuleCap(limit) | Step::Budget(limit) = step {
                *limit = Limit {
                    available: 0,
                    asked: 0,
                    before: 0,
                    stopped: false,
                    extra: 0,
                    ..*limit
                };
            }
        }
        self
    }
}

/// A version of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleRef {
    /// The rule.
    pub rule: Uuid,
    /// The version.
    pub version: Uuid,
    /// The number of the version, from 1 on.
    pub number: i32,
}

/// Days from the first one to before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub to: NaiveDate,
}

/// For what a rule is evaluated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Subject {
    /// A member over the period.
    Member {
        /// Who.
        id: Uuid,
    },
    /// A team over the period.
    Team {
        /// Which one.
        id: Uuid,
    },
    /// A record of the period.
    Record {
        /// Its source, such as `payment`.
        source: String,
        /// Its id, as clients see it.
        id: String,
        /// On which day it counts.
        day: NaiveDate,
    },
}

/// A part of an expression and what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The part as it is written, such as `payment.amount * rate`.
    pub part: String,
    /// What it came to.
    pub value: Came,
}

/// What a part of an expression came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Came {
    /// A value that isn't money.
    Value(Value),
    /// An amount in major units of the rule's currency, not rounded yet.
    Money(Number),
    /// Nothing, and why.
    Nothing(Nothing),
}

/// Why there is no value, or no award (未发放原因).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Nothing {
    /// Nobody of the population is credited (不在适用人群内).
    Population,
    /// The condition is false (不满足条件).
    Condition,
    /// A fact that is needed isn't known (缺少事实).
    Missing {
        /// Its key.
        fact: String,
    },
    /// A fact isn't of the type that the catalogue says (事实类型不符).
    Mistyped {
        /// Its key.
        fact: String,
    },
    /// Something was divided by nought (除数为零).
    DividedByZero,
    /// A number had too many digits (数值过大).
    TooLarge,
    /// Money was in another currency than the rule's (币种不符).
    OtherCurrency {
        /// The key of the fact.
        fact: String,
    },
    /// The amount is nought or below (金额为零).
    Nought,
    /// Another rule of the group gives instead (由同组其他规则发放).
    Stacked,
    /// A cap or the budget leaves nothing (已达上限或预算用尽).
    Exhausted,
}

/// A step from facts to amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "SCREAMING_SNAKE_CASE",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Step {
    /// The condition.
    Condition {
        /// Its parts, the whole last.
        lines: Vec<Line>,
    },
    /// What is held against the tiers.
    Base {
        /// Its parts, the whole last.
        lines: Vec<Line>,
    },
    /// What the tiers bring.
    Tiers {
        /// How they are applied.
        method: TierMethod,
        /// Each that brings something.
        slices: Vec<Slice>,
        /// What they bring together.
        total: Number,
    },
    /// The amount.
    Amount {
        /// Its parts, the whole last.
        lines: Vec<Line>,
    },
    /// The rounding.
    Rounding {
        /// Which way.
        mode: RoundingMode,
        /// To a multiple of what.
        step: i64,
        /// The amount before, in major units or things.
        from: Number,
        /// The amount after it, in minor units or things.
        to: i64,
    },
    /// The cap of one award.
    AwardCap {
        /// The cap.
        most: i64,
        /// The amount before.
        from: i64,
        /// The amount after it.
        to: i64,
    },
    /// The split between several people.
    Split {
        /// What is split.
        whole: i64,
        /// The parts in their order, without names.
        parts: Vec<SplitPart>,
        /// Which of them is the member's, counted from 0.
        mine: usize,
    },
    /// The cap of what a member gets from the rule.
    MemberCap(Limit),
    /// The rules of a group.
    Stacking {
        /// The group's key.
        group: String,
        /// Which of the group a member gets.
        mode: StackingMode,
        /// Is it this one?
        kept: bool,
        /// The rule that gives instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<Uuid>,
        /// The amount before.
        from: i64,
        /// The amount after it.
        to: i64,
    },
    /// The cap of what the rule gives altogether.
    RuleCap(Limit),
    /// The budget.
    Budget(Limit),
}

/// What a tier brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// Which tier, counted from 0.
    pub tier: usize,
    /// The part of the base that it is applied to.
    pub part: Number,
    /// By what.
    pub pays: TierPays,
    /// What that brings.
    pub brings: Number,
}

/// A part of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitPart {
    /// The role; none where it is split equally.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Its weight among the parts.
    pub weight: u64,
    /// Does anybody get it?
    pub paid: bool,
}

/// A bound for many awards together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How they are held within it.
    pub way: Exhausted,
    /// What there is for these awards: the bound without what was given before.
    pub available: i64,
    /// What all of them come to.
    pub asked: i64,
    /// In their order: what those before this one got.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub before: i64,
    /// In their order: had it stopped before this one?
    #[serde(default, skip_serializing_if = "is_false")]
    pub stopped: bool,
    /// In proportion: the minor unit that remained and went to this one, 0 or 1.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub extra: i64,
    /// The amount before.
    pub from: i64,
    /// The amount after it.
    pub to: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it so")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
