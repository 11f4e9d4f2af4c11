//! What the rows about incentive rules choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a version of a rule is (规则版本状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum IncentiveRuleState {
    /// It is written (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// It was tried on the past (已模拟).
    #[sea_orm(string_value = "simulated")]
    Simulated,
    /// Another has approved it (已批准).
    #[sea_orm(string_value = "approved")]
    Approved,
    /// It gives awards, from a day on (生效).
    #[sea_orm(string_value = "active")]
    Active,
    /// It doesn't any more (已停用).
    #[sea_orm(string_value = "retired")]
    Retired,
}

/// What a rule gives (激励形式).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum IncentiveKind {
    /// A bonus (奖金).
    #[sea_orm(string_value = "bonus")]
    Bonus,
    /// A part of money that came in (提成).
    #[sea_orm(string_value = "commission")]
    Commission,
    /// More pay (调薪).
    #[sea_orm(string_value = "pay_adjustment")]
    PayAdjustment,
    /// A benefit (福利).
    #[sea_orm(string_value = "benefit")]
    Benefit,
    /// An honour (荣誉).
    #[sea_orm(string_value = "honour")]
    Honour,
    /// A proposal for promotion (晋升).
    #[sea_orm(string_value = "promotion")]
    Promotion,
    /// A place in a training (培训名额).
    #[sea_orm(string_value = "training_place")]
    TrainingPlace,
    /// Something that is taken off (扣款).
    #[sea_orm(string_value = "deduction")]
    Deduction,
}

/// By which method a rule works (激励方法).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum IncentiveMethod {
    /// For reaching a goal (目标激励).
    #[sea_orm(string_value = "goal")]
    Goal,
    /// By honour (荣誉激励).
    #[sea_orm(string_value = "honour")]
    Honour,
    /// For a place in a contest (竞赛激励).
    #[sea_orm(string_value = "contest")]
    Contest,
    /// For what should happen more often (正强化).
    #[sea_orm(string_value = "positive_reinforcement")]
    PositiveReinforcement,
    /// Against what shouldn't happen (负强化).
    #[sea_orm(string_value = "negative_reinforcement")]
    NegativeReinforcement,
    /// By telling the results (反馈激励).
    #[sea_orm(string_value = "feedback")]
    Feedback,
    /// For money collected from renewals and new contracts (续约与新签激励).
    #[sea_orm(string_value = "renewal")]
    Renewal,
}

/// For which time a rule gives (激励周期).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum IncentivePeriod {
    /// A calendar month (月).
    #[sea_orm(string_value = "month")]
    Month,
    /// A calendar quarter (季).
    #[sea_orm(string_value = "quarter")]
    Quarter,
    /// A calendar year (年).
    #[sea_orm(string_value = "year")]
    Year,
}

/// How far a simulation is (模拟状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum IncentiveSimulationState {
    /// It waits for the worker (排队中).
    #[sea_orm(string_value = "queued")]
    Queued,
    /// It is computed (计算中).
    #[sea_orm(string_value = "running")]
    Running,
    /// Its result is there (已完成).
    #[sea_orm(string_value = "done")]
    Done,
    /// It couldn't be computed (失败).
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Somebody called it off (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}
