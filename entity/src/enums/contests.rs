//! What contests choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What has become of a contest (竞赛状态).
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
pub enum ContestState {
    /// Being prepared (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// Members can enter (报名中).
    #[sea_orm(string_value = "open")]
    Open,
    /// Rounds are held (进行中).
    #[sea_orm(string_value = "running")]
    Running,
    /// Its results are known (已公布).
    #[sea_orm(string_value = "published")]
    Published,
    /// Called off (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// How a round is scored (计分方式).
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
pub enum ContestRoundKind {
    /// By judges (评委打分).
    #[sea_orm(string_value = "judged")]
    Judged,
    /// By the results of an exam (考试成绩).
    #[sea_orm(string_value = "exam")]
    Exam,
}

/// How far a round is (轮次状态).
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
pub enum ContestRoundState {
    /// Not yet begun (未开始).
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Scores are given (打分中).
    #[sea_orm(string_value = "open")]
    Open,
    /// Ranked (已结束).
    #[sea_orm(string_value = "closed")]
    Closed,
}
