//! What processes choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How far a version of a process has come (流程版本状态).
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
pub enum ProcessState {
    /// Being written; no ticket follows it (草稿).
    #[sea_orm(string_value = "draft")]
    Draft,
    /// New tickets follow it (已发布).
    #[sea_orm(string_value = "published")]
    Published,
    /// Only tickets that began under it follow it (已停用).
    #[sea_orm(string_value = "retired")]
    Retired,
}
