//! What goals choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Whose figures a goal is about (目标范围).
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
pub enum GoalPopulation {
    /// The whole company (公司).
    #[sea_orm(string_value = "company")]
    Company,
    /// A department (部门).
    #[sea_orm(string_value = "department")]
    Department,
    /// A region (区域).
    #[sea_orm(string_value = "region")]
    Region,
    /// A team (团队).
    #[sea_orm(string_value = "team")]
    Team,
    /// A member (成员).
    #[sea_orm(string_value = "member")]
    Member,
}

/// On which side of the target the figure has to end (目标方向).
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
pub enum GoalBound {
    /// The target or more (不低于).
    #[sea_orm(string_value = "at_least")]
    AtLeast,
    /// The target or less (不高于).
    #[sea_orm(string_value = "at_most")]
    AtMost,
}

/// What has become of a goal (目标状态).
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
pub enum GoalState {
    /// It is being written (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// It is pursued (进行中).
    #[sea_orm(string_value = "active")]
    Active,
    /// Reached at its deadline (已达成).
    #[sea_orm(string_value = "achieved")]
    Achieved,
    /// Not reached at its deadline (未达成).
    #[sea_orm(string_value = "missed")]
    Missed,
    /// Given up before its deadline (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// What was told about a goal (目标提醒类型).
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
pub enum GoalAlertKind {
    /// It isn't going to be reached as things go (偏离目标).
    #[sea_orm(string_value = "off_course")]
    OffCourse,
    /// It is on course again (回到正轨).
    #[sea_orm(string_value = "back_on_course")]
    BackOnCourse,
    /// It was reached (已达成).
    #[sea_orm(string_value = "achieved")]
    Achieved,
    /// It was missed (未达成).
    #[sea_orm(string_value = "missed")]
    Missed,
}
