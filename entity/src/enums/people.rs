//! What the rows about people's development choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What has become of a probation (试用期状态).
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
pub enum ProbationState {
    /// It goes on (进行中).
    #[sea_orm(string_value = "running")]
    Running,
    /// The member stays (已转正).
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
    /// It ended without that (未通过).
    #[sea_orm(string_value = "ended")]
    Ended,
}

/// What was decided about a probation (试用期结论).
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
pub enum ProbationOutcome {
    /// The member stays (转正).
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
    /// It goes on for longer (延长).
    #[sea_orm(string_value = "extended")]
    Extended,
    /// It ends without that (终止).
    #[sea_orm(string_value = "ended")]
    Ended,
}

/// What has become of a rotation (轮岗状态).
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
pub enum RotationState {
    /// It is planned (已计划).
    #[sea_orm(string_value = "planned")]
    Planned,
    /// It has begun, or begins on a day that is set (进行中).
    #[sea_orm(string_value = "running")]
    Running,
    /// It is over, with a result (已完成).
    #[sea_orm(string_value = "finished")]
    Finished,
    /// It was withdrawn before it began (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// How far a round is (调查状态).
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
pub enum StaffSurveyState {
    /// Its questions are being written (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// It can be answered (进行中).
    #[sea_orm(string_value = "open")]
    Open,
    /// It is over, and its results can be read (已结束).
    #[sea_orm(string_value = "closed")]
    Closed,
}

/// How a question to the staff is answered (题型).
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
pub enum StaffQuestionKind {
    /// 1 to 5, where 5 is best (评分).
    #[sea_orm(string_value = "rating")]
    Rating,
    /// One of several options (单选).
    #[sea_orm(string_value = "choice")]
    Choice,
}

/// When somebody could take over a position (准备度).
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
pub enum TalentReadiness {
    /// Now (可立即胜任).
    #[sea_orm(string_value = "ready_now")]
    ReadyNow,
    /// Within a year (一年内).
    #[sea_orm(string_value = "within_one_year")]
    WithinOneYear,
    /// In one to two years (一至两年).
    #[sea_orm(string_value = "one_to_two_years")]
    OneToTwoYears,
    /// Not within two years (尚未具备).
    #[sea_orm(string_value = "not_yet")]
    NotYet,
}

/// What has become of a proposal (人才提名状态).
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
pub enum TalentState {
    /// It waits for a decision (待评审).
    #[sea_orm(string_value = "proposed")]
    Proposed,
    /// It holds (已通过).
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// It was declined (未通过).
    #[sea_orm(string_value = "declined")]
    Declined,
    /// It was withdrawn (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
    /// A later one holds (已被取代).
    #[sea_orm(string_value = "superseded")]
    Superseded,
}

/// What a proposal stands on (依据类型).
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
pub enum TalentEvidenceKind {
    /// An assessment of a competency (能力评估).
    #[sea_orm(string_value = "competency")]
    Competency,
    /// A certificate (证书).
    #[sea_orm(string_value = "certificate")]
    Certificate,
    /// A published exam result (考试成绩).
    #[sea_orm(string_value = "exam")]
    Exam,
    /// The training hours of a year (培训学时).
    #[sea_orm(string_value = "training_hours")]
    TrainingHours,
    /// Words (其他).
    #[sea_orm(string_value = "other")]
    Other,
}
