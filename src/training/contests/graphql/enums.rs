//! The enums and filters of contests as clients see them.

use async_graphql::{Enum, InputObject};

use crate::enum_filter;
use crate::graphql::filters::StringFilter;
use crate::training::contests::store;

/// What has become of a contest. 竞赛状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ContestState")]
pub enum ContestState {
    /// Being prepared. 草稿
    Draft,
    /// Members can enter. 报名中
    Open,
    /// Rounds are held. 进行中
    Running,
    /// Its results are known to those who took part. 已公布
    Published,
    /// Called off. 已取消
    Cancelled,
}

/// How a round is scored. 计分方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ContestRoundKind")]
pub enum ContestRoundKind {
    /// By judges. 评委打分
    Judged,
    /// By the results of an exam. 考试成绩
    Exam,
}

/// How far a round is. 轮次状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ContestRoundState")]
pub enum ContestRoundState {
    /// Not yet begun. 未开始
    Waiting,
    /// Scores are given. 打分中
    Open,
    /// Ranked. 已结束
    Closed,
}

/// How contests are sorted. 竞赛排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ContestOrder")]
pub enum ContestOrder {
    /// The newest first. 最新创建
    #[default]
    CreatedAtDesc,
    /// The oldest first. 最早创建
    CreatedAtAsc,
    /// By code. 按编码
    CodeAsc,
}

enum_filter!(
    ContestStateFilter,
    ContestState,
    entity::enums::ContestState,
    "Compares the state of a contest. 竞赛状态条件"
);

/// Which contests. Everything given must hold. 竞赛筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ContestFilter {
    /// The code. 编码
    code: Option<StringFilter>,
    /// What has become of them. 状态
    state: Option<ContestStateFilter>,
}

impl From<ContestFilter> for store::ContestFilter {
    fn from(filter: ContestFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            state: filter.state.map(Into::into),
        }
    }
}
