//! What needs and proposals choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// In which respect training is needed (培训需求类型).
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
pub enum TrainingNeedKind {
    /// Answers to exam questions of a topic (考试薄弱知识点).
    #[sea_orm(string_value = "exam_topic")]
    ExamTopic,
    /// Customers' ratings (客户评分偏低).
    #[sea_orm(string_value = "low_rating")]
    LowRating,
    /// Tickets that come back (工单重开偏多).
    #[sea_orm(string_value = "reopened")]
    Reopened,
    /// Results of appraisals (考核得分偏低).
    #[sea_orm(string_value = "appraisal")]
    Appraisal,
    /// A certificate runs out or is over (证书到期).
    #[sea_orm(string_value = "certificate")]
    Certificate,
    /// Hours that are behind the target (学时落后).
    #[sea_orm(string_value = "hours")]
    Hours,
}

/// What has become of a proposal (培训建议状态).
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
pub enum TrainingProposalState {
    /// Waits for an answer (待处理).
    #[sea_orm(string_value = "proposed")]
    Proposed,
    /// A session came of it (已采纳).
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// It wasn't taken up (未采纳).
    #[sea_orm(string_value = "declined")]
    Declined,
}
