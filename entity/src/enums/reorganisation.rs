//! What planned reorganisations choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What has become of a planned reorganisation (方案状态).
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
pub enum ReorganisationState {
    /// Being planned (草拟).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// To be applied on its day (已批准).
    #[sea_orm(string_value = "approved")]
    Approved,
    /// Done (已生效).
    #[sea_orm(string_value = "applied")]
    Applied,
    /// It didn't fit any more on its day; nothing was changed (未能生效).
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Given up (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// What one change of a reorganisation does (调整类型).
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
pub enum ReorganisationStep {
    /// Founds a team (新设团队).
    #[sea_orm(string_value = "found_team")]
    FoundTeam,
    /// Moves a team to another department or below another team (团队划转).
    #[sea_orm(string_value = "move_team")]
    MoveTeam,
    /// Moves a member to another home (成员调动).
    #[sea_orm(string_value = "move_member")]
    MoveMember,
    /// Closes a team (撤销团队).
    #[sea_orm(string_value = "close_team")]
    CloseTeam,
}
