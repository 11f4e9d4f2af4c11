//! The enums of mentoring as clients see them.

use async_graphql::Enum;

use crate::enum_filter;
use crate::training::mentoring::rules::standard::Verdict;
use crate::training::mentoring::store;

/// What has become of a pair. 结对状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::MentoringState")]
pub enum MentoringState {
    /// At work. 进行中
    Active,
    /// Over. 已结束
    Ended,
}

/// How a pair ended. 带教结果
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::MentoringResult")]
pub enum MentoringResult {
    /// The newcomer works to the standard. 达标
    Reached,
    /// Not yet, though the time is over. 未达标
    NotReached,
    /// It ended before its time, for another reason. 中止
    BrokenOff,
}

/// The answer to when a newcomer worked as the team does. 达标结论
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MentoringVerdict {
    /// Reached. 已达标
    Reached,
    /// Compared, and not reached so far. 尚未达标
    NotYet,
    /// No window of days is over yet. 时间未到
    TooEarly,
    /// The newcomer has too few cases in every window. 案例不足
    TooFewCases,
    /// There are too few experienced colleagues with cases enough to compare with. 可比同事不足
    TooFewColleagues,
}

impl From<Verdict> for MentoringVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Reached { .. } => Self::Reached,
            Verdict::NotYet => Self::NotYet,
            Verdict::TooEarly => Self::TooEarly,
            Verdict::TooFewCases => Self::TooFewCases,
            Verdict::TooFewColleagues => Self::TooFewColleagues,
        }
    }
}

/// How pairs are sorted. 结对排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::PairOrder")]
pub enum MentoringOrder {
    /// The latest first. 最近开始
    #[default]
    StartedOnDesc,
    /// The earliest first. 最早开始
    StartedOnAsc,
    /// The nearest planned end first. 计划结束最早
    PlannedEndAsc,
}

enum_filter!(
    MentoringStateFilter,
    MentoringState,
    entity::enums::MentoringState,
    "Compares the state of a pair. 结对状态条件"
);
