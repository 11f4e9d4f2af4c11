//! The goals' enums as clients see them.

use async_graphql::Enum;

use crate::enum_filter;

/// Whose figures a goal is about. 目标范围
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::GoalPopulation")]
pub enum GoalPopulation {
    /// The whole company. 公司
    Company,
    /// A department. 部门
    Department,
    /// A region. 区域
    Region,
    /// A team. 团队
    Team,
    /// A member. 成员
    Member,
}

/// On which side of the target the figure has to end. 目标方向
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::GoalBound")]
pub enum GoalBound {
    /// The target or more. 不低于
    AtLeast,
    /// The target or less. 不高于
    AtMost,
}

/// What has become of a goal. 目标状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::GoalState")]
pub enum GoalState {
    /// It is being written. 草稿
    Draft,
    /// It is pursued. 进行中
    Active,
    /// Reached at its deadline. 已达成
    Achieved,
    /// Not reached at its deadline. 未达成
    Missed,
    /// Given up before its deadline. 已取消
    Cancelled,
}

/// What was told about a goal. 目标提醒类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::GoalAlertKind")]
pub enum GoalAlertKind {
    /// As things go, it isn't going to be reached. 偏离目标
    OffCourse,
    /// It is on course again. 回到正轨
    BackOnCourse,
    /// It was reached. 已达成
    Achieved,
    /// It was missed. 未达成
    Missed,
}

/// Whether a goal is going to be reached. 目标走势
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::metrics::goals::rules::Verdict")]
pub enum GoalVerdict {
    /// Fewer than seven days of figures: too little is known. 数据不足
    TooEarly,
    /// The chance is 80 % or more. 进展正常
    OnCourse,
    /// The chance is between 20 % and 80 %. 存在风险
    AtRisk,
    /// The chance is below 20 %. 偏离目标
    OffCourse,
    /// It is reached, whatever comes. 已达成
    Reached,
    /// It can't be reached any more. 无法达成
    Missed,
}

enum_filter!(
    GoalStateFilter,
    GoalState,
    entity::enums::GoalState,
    "Compares the state of a goal. 目标状态条件"
);
enum_filter!(
    GoalPopulationFilter,
    GoalPopulation,
    entity::enums::GoalPopulation,
    "Compares whose figures a goal is about. 目标范围条件"
);
