//! What surveys choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What has become of a survey (问卷状态).
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
pub enum SurveyState {
    /// Waits for the answer (待填写).
    #[sea_orm(string_value = "open")]
    Open,
    /// Answered (已填写).
    #[sea_orm(string_value = "answered")]
    Answered,
    /// The time to answer is over (已过期).
    #[sea_orm(string_value = "expired")]
    Expired,
    /// Taken back, as the ticket was reopened (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// What has become of a follow-up (回访状态).
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
pub enum FollowUpState {
    /// To be done (待处理).
    #[sea_orm(string_value = "open")]
    Open,
    /// Done (已完成).
    #[sea_orm(string_value = "done")]
    Done,
}
