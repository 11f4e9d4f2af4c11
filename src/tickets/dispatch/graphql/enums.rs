//! The enums of dispatch as clients see them.

use async_graphql::Enum;

use crate::enum_filter;
use crate::tickets::dispatch::rules;

/// Who chose. 派单方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::DispatchMode")]
pub enum DispatchMode {
    /// The ranking. 自动
    Automatic,
    /// A person. 人工
    Manual,
}

/// Why somebody could not be given a ticket; the first that applies, in this order. 排除原因
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::Exclusion")]
pub enum DispatchExclusion {
    /// Is not in the team that has the ticket. 非本团队
    Team,
    /// Doesn't serve the province. 不在服务区域
    Region,
    /// Lacks a skill, or its level is too low. 技能不足
    Skill,
    /// Has the skill, but no valid certificate for it. 证书无效
    Certificate,
    /// Is not on shift. 不在班
    Shift,
    /// Is away. 请假
    Leave,
    /// Has as many open tickets as allowed. 已满负荷
    Capacity,
}

/// Has somebody too much or too little work, compared with the team? 负荷状况
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DispatchBalance {
    /// At capacity, or more than 25 points above the team. 过载
    Over,
    /// Within 25 points of the team. 均衡
    Even,
    /// More than 25 points below the team. 偏低
    Under,
}

impl From<rules::Balance> for DispatchBalance {
    fn from(balance: rules::Balance) -> Self {
        match balance {
            rules::Balance::Over => Self::Over,
            rules::Balance::Even => Self::Even,
            rules::Balance::Under => Self::Under,
        }
    }
}

enum_filter!(
    DispatchModeFilter,
    DispatchMode,
    entity::enums::DispatchMode,
    "Compares who chose. 派单方式条件"
);
