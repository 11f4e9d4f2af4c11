//! What roles and their grants choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// To which rows a permission extends (数据范围). Reaches are sets of rows that are united: their order means nothing.
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
pub enum Reach {
    /// Rows about the principal, made by it or given to it (本人).
    #[sea_orm(string_value = "own")]
    Own,
    /// Rows of the principal's teams and matrix assignments (本团队).
    #[sea_orm(string_value = "team")]
    Team,
    /// Rows of those teams and all teams below them (本团队及下级).
    #[sea_orm(string_value = "team_tree")]
    TeamTree,
    /// Rows of the principal's department (本部门).
    #[sea_orm(string_value = "department")]
    Department,
    /// Rows of the principal's regions (本区域).
    #[sea_orm(string_value = "region")]
    Region,
    /// Every row (全部).
    #[sea_orm(string_value = "all")]
    All,
    /// For outsiders: rows of their partner organisation or customer account (本组织).
    #[sea_orm(string_value = "organisation")]
    Organisation,
}
