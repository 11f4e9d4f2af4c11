//! What exams choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How a question is answered (题型).
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
pub enum QuestionKind {
    /// One option (单选).
    #[sea_orm(string_value = "single")]
    Single,
    /// Any number of options (多选).
    #[sea_orm(string_value = "multiple")]
    Multiple,
    /// True or false (判断).
    #[sea_orm(string_value = "true_false")]
    TrueFalse,
    /// A number (数值).
    #[sea_orm(string_value = "number")]
    Number,
    /// Words (简答).
    #[sea_orm(string_value = "text")]
    Text,
    /// Shown in practice and assessed by criteria (实操).
    #[sea_orm(string_value = "practical")]
    Practical,
}

/// What has become of a question (题目状态).
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
pub enum QuestionState {
    /// Being written (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// In use (启用).
    #[sea_orm(string_value = "active")]
    Active,
    /// No longer drawn (停用).
    #[sea_orm(string_value = "retired")]
    Retired,
}

/// What has become of an exam (考试状态).
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
pub enum ExamState {
    /// Being prepared (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// On: it can be sat within its window (进行中).
    #[sea_orm(string_value = "active")]
    Active,
    /// Over (已结束).
    #[sea_orm(string_value = "closed")]
    Closed,
}

/// What a partly right multiple choice gets (多选计分).
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
pub enum ExamPartialCredit {
    /// All or nothing (全对得分).
    #[sea_orm(string_value = "none")]
    None,
    /// Its share: right ones less wrong ones (按比例).
    #[sea_orm(string_value = "proportional")]
    Proportional,
}

/// When results are published (成绩发布).
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
pub enum ExamPublication {
    /// As soon as everything is marked (阅卷后).
    #[sea_orm(string_value = "graded")]
    Graded,
    /// When the exam is closed as well (考试结束后).
    #[sea_orm(string_value = "closed")]
    Closed,
    /// When somebody does it (手动).
    #[sea_orm(string_value = "manual")]
    Manual,
}

/// How far an attempt is (作答状态).
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
pub enum ExamAttemptState {
    /// Being sat (作答中).
    #[sea_orm(string_value = "in_progress")]
    InProgress,
    /// Handed in, waiting for marks (待阅卷).
    #[sea_orm(string_value = "handed_in")]
    HandedIn,
    /// Everything is marked (已评分).
    #[sea_orm(string_value = "graded")]
    Graded,
}

/// How an attempt was handed in (交卷方式).
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
pub enum ExamHandIn {
    /// By the member (主动交卷).
    #[sea_orm(string_value = "member")]
    Member,
    /// By the server, as the time was over (到时自动交卷).
    #[sea_orm(string_value = "deadline")]
    Deadline,
    /// By the server, as the exam was closed (考试结束收卷).
    #[sea_orm(string_value = "closing")]
    Closing,
}

/// How a mark came about (评分方式).
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
pub enum ExamMarkKind {
    /// By rule (自动).
    #[sea_orm(string_value = "rule")]
    Rule,
    /// By an assessor (阅卷人).
    #[sea_orm(string_value = "assessor")]
    Assessor,
    /// A new mark with a reason (复核改分).
    #[sea_orm(string_value = "regrade")]
    Regrade,
}

/// What has become of an appeal (申诉状态).
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
pub enum ExamAppealState {
    /// Waits for an answer (待处理).
    #[sea_orm(string_value = "open")]
    Open,
    /// Marked anew (已改分).
    #[sea_orm(string_value = "upheld")]
    Upheld,
    /// The marks stay (维持原分).
    #[sea_orm(string_value = "rejected")]
    Rejected,
}
