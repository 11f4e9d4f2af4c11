//! What the rows about honours and recognition choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What an honour is (荣誉类型).
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
pub enum HonourKind {
    /// A title (称号).
    #[sea_orm(string_value = "title")]
    Title,
    /// A star of a period (之星).
    #[sea_orm(string_value = "star")]
    Star,
    /// A commendation (嘉奖).
    #[sea_orm(string_value = "commendation")]
    Commendation,
    /// A prize of a contest (竞赛奖).
    #[sea_orm(string_value = "prize")]
    Prize,
}

/// What an honour comes from (荣誉来源).
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
pub enum HonourSource {
    /// Somebody conferred it (人工授予).
    #[sea_orm(string_value = "conferred")]
    Conferred,
    /// An approved award of a rule (激励奖励).
    #[sea_orm(string_value = "incentive_award")]
    IncentiveAward,
    /// A prize of a published contest (竞赛获奖).
    #[sea_orm(string_value = "contest_award")]
    ContestAward,
    /// A nomination from appraisals that was accepted (考核评优).
    #[sea_orm(string_value = "appraisal_star")]
    AppraisalStar,
}

/// For what a colleague is recognised (认可价值观).
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
pub enum RecognitionValue {
    /// The customer came first (客户至上).
    #[sea_orm(string_value = "customer_first")]
    CustomerFirst,
    /// Helping others (团队协作).
    #[sea_orm(string_value = "teamwork")]
    Teamwork,
    /// Good work (精益求精).
    #[sea_orm(string_value = "craft")]
    Craft,
    /// Doing what nobody asked for (积极主动).
    #[sea_orm(string_value = "initiative")]
    Initiative,
    /// Learning, and letting others learn (学习成长).
    #[sea_orm(string_value = "learning")]
    Learning,
}
