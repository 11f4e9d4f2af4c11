//! What pairs of mentor and newcomer choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What has become of a pair (结对状态).
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
pub enum MentoringState {
    /// At work (进行中).
    #[sea_orm(string_value = "active")]
    Active,
    /// Over (已结束).
    #[sea_orm(string_value = "ended")]
    Ended,
}

/// How a pair ended (带教结果).
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
pub enum MentoringResult {
    /// The newcomer works to the standard (达标).
    #[sea_orm(string_value = "reached")]
    Reached,
    /// Not yet, though the time is over (未达标).
    #[sea_orm(string_value = "not_reached")]
    NotReached,
    /// It ended before its time, for another reason (中止).
    #[sea_orm(string_value = "broken_off")]
    BrokenOff,
}
