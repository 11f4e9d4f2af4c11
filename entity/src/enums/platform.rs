//! What several subjects share.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who did something (操作者类型).
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
pub enum ActorKind {
    /// A person who signed in (用户).
    #[sea_orm(string_value = "user")]
    User,
    /// A partner's system (接口客户端).
    #[sea_orm(string_value = "api_client")]
    ApiClient,
    /// The server itself (系统).
    #[sea_orm(string_value = "system")]
    System,
}
