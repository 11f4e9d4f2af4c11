//! What dispatch chooses from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who chose (派单方式).
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
pub enum DispatchMode {
    /// The ranking (自动).
    #[sea_orm(string_value = "automatic")]
    Automatic,
    /// A person (人工).
    #[sea_orm(string_value = "manual")]
    Manual,
}

/// Why somebody could not be given a ticket (排除原因).
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
pub enum Exclusion {
    /// Is not in the team that has the ticket (非本团队).
    #[sea_orm(string_value = "team")]
    Team,
    /// Doesn't serve the region (不在服务区域).
    #[sea_orm(string_value = "region")]
    Region,
    /// Lacks a skill, or its level is too low (技能不足).
    #[sea_orm(string_value = "skill")]
    Skill,
    /// Has the skill, but no valid certificate for it (证书无效).
    #[sea_orm(string_value = "certificate")]
    Certificate,
    /// Is not on shift (不在班).
    #[sea_orm(string_value = "shift")]
    Shift,
    /// Is away (请假).
    #[sea_orm(string_value = "leave")]
    Leave,
    /// Has as many open tickets as allowed (已满负荷).
    #[sea_orm(string_value = "capacity")]
    Capacity,
}
