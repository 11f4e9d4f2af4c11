//! Enums of planned reorganisations as the schema shows them.

use async_graphql::Enum;

use crate::enum_filter;

/// What has become of a planned reorganisation. 方案状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ReorganisationState")]
pub enum ReorganisationState {
    /// Being planned. 草拟
    Draft,
    /// To be applied on its day. 已批准
    Approved,
    /// Done. 已生效
    Applied,
    /// It didn't fit any more on its day; nothing was changed. 未能生效
    Failed,
    /// Given up. 已取消
    Cancelled,
}

/// What one change of a reorganisation does. 调整类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ReorganisationStep")]
pub enum ReorganisationStep {
    /// Founds a team. 新设团队
    FoundTeam,
    /// Moves a team. 团队划转
    MoveTeam,
    /// Moves a member to another home. 成员调动
    MoveMember,
    /// Closes a team. 撤销团队
    CloseTeam,
}

enum_filter!(
    ReorganisationStateFilter,
    ReorganisationState,
    entity::enums::ReorganisationState,
    "Compares what has become of a plan. All given comparisons must hold. 方案状态条件"
);
