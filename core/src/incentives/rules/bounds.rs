//! What keeps a rule within bounds: caps, budget, groups of rules, rounding (约束).

use serde::{Deserialize, Serialize};

use super::content::Period;

/// Bounds of what a rule gives in a period, in minor units of its currency or in things (上限).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Caps {
    /// For one award, before it is split.
    #[serde(default)]
    pub per_award: Option<i64>,
    /// For one member.
    #[serde(default)]
    pub per_member: Option<i64>,
    /// For all of them together; beyond it all are cut in proportion.
    #[serde(default)]
    pub per_rule: Option<i64>,
}

/// What there is to give altogether (预算).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Budget {
    /// How much, in minor units of the rule's currency or in things.
    pub amount: i64,
    /// For which time; at least as long as the period of the rule.
    pub period: Period,
    /// What happens when it runs out.
    pub exhausted: Exhausted,
}

/// What happens when a budget runs out (预算用尽).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Exhausted {
    /// All awards of the run are cut in proportion (按比例折减).
    ProRata,
    /// In their order; the last one gets what is left (先到先得).
    FirstCome,
    /// In their order; from the first one on for which it doesn't suffice nobody gets anything (停发).
    Stop,
}

/// How a rule goes together with others of its group (叠加).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stacking {
    /// The key of the group; all rules of it have the same mode and currency.
    pub group: String,
    /// Which of the group a member gets.
    pub mode: StackingMode,
    /// Which rule goes first, 1 before 2; of the same the one with the smaller id.
    #[serde(default)]
    pub priority: u32,
}

/// Which rule of a group a member gets in a period (叠加方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StackingMode {
    /// The first one that gives something (互斥).
    Exclusive,
    /// The one that gives most (择优).
    Best,
    /// All of them (累加).
    Sum,
}

/// How an amount is rounded (取整).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rounding {
    /// Which way.
    pub mode: RoundingMode,
    /// To a multiple of so many minor units or things: 100 are whole yuan.
    pub step: i64,
}

/// Which way an amount is rounded (取整方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoundingMode {
    /// To the nearest, halves up (四舍五入).
    HalfUp,
    /// To the nearest, halves to the even one (四舍六入五成双).
    HalfEven,
    /// Down (舍去).
    Down,
    /// Up (进位).
    Up,
}
