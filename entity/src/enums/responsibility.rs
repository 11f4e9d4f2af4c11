//! What responsibility and credit choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What has become of an offer to hand over a ticket (移交状态).
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
pub enum HandoverState {
    /// Waits for an answer (待接收).
    #[sea_orm(string_value = "offered")]
    Offered,
    /// Taken on: the ownership has changed (已接收).
    #[sea_orm(string_value = "accepted")]
    Accepted,
    /// Refused: the owner stays (已拒绝).
    #[sea_orm(string_value = "declined")]
    Declined,
    /// Taken back before an answer (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// As what somebody is credited with a ticket (计分角色).
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
pub enum CreditRole {
    /// Who answered for it (首问责任人).
    #[sea_orm(string_value = "owner")]
    Owner,
    /// Who worked on it (协办人).
    #[sea_orm(string_value = "contributor")]
    Contributor,
}

/// Where a share comes from (份额来源).
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
pub enum CreditSource {
    /// The rule of shares (按规则).
    #[sea_orm(string_value = "rule")]
    Rule,
    /// A person set it, with a reason (人工调整).
    #[sea_orm(string_value = "manual")]
    Manual,
}
