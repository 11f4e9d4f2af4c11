//! What the rows about incentive runs and their ledger choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a run is (计算批次状态).
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
pub enum IncentiveRunState {
    /// It waits for its turn (排队中).
    #[sea_orm(string_value = "queued")]
    Queued,
    /// Rules are evaluated member by member (计算中).
    #[sea_orm(string_value = "evaluating")]
    Evaluating,
    /// Awards are held together by caps and budgets (核定中).
    #[sea_orm(string_value = "settling")]
    Settling,
    /// It waits for approval (待审批).
    #[sea_orm(string_value = "calculated")]
    Calculated,
    /// Approved: it is booked (已批准).
    #[sea_orm(string_value = "approved")]
    Approved,
    /// Sent back; it may be run again (已退回).
    #[sea_orm(string_value = "rejected")]
    Rejected,
    /// It can't be run; it says why (失败).
    #[sea_orm(string_value = "failed")]
    Failed,
}

/// For what an award is given (奖励对象).
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
pub enum IncentiveSubject {
    /// A member over the period (成员).
    #[sea_orm(string_value = "member")]
    Member,
    /// A team over the period (团队).
    #[sea_orm(string_value = "team")]
    Team,
    /// A record (记录).
    #[sea_orm(string_value = "record")]
    Record,
}

/// An account of the ledger (科目).
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
pub enum IncentiveAccount {
    /// What a rule has cost (激励费用).
    #[sea_orm(string_value = "expense")]
    Expense,
    /// What is owed to a member (应付).
    #[sea_orm(string_value = "payable")]
    Payable,
    /// What was paid to a member (已付).
    #[sea_orm(string_value = "paid")]
    Paid,
}

/// What a transaction of the ledger is (业务类型).
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
pub enum IncentiveReason {
    /// An award was approved (奖励核准).
    #[sea_orm(string_value = "award")]
    Award,
    /// Money was paid out (发放).
    #[sea_orm(string_value = "payout")]
    Payout,
    /// A mistake was put right (更正).
    #[sea_orm(string_value = "correction")]
    Correction,
    /// Money behind an award was paid back (追回).
    #[sea_orm(string_value = "claw_back")]
    ClawBack,
}

/// What has become of a correction (更正状态).
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
pub enum IncentiveCorrectionState {
    /// It waits for approval (待审批).
    #[sea_orm(string_value = "proposed")]
    Proposed,
    /// It is booked (已批准).
    #[sea_orm(string_value = "approved")]
    Approved,
    /// Not approved (已拒绝).
    #[sea_orm(string_value = "declined")]
    Declined,
}
