//! What metrics choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// To whom a fact is attributed (归属).
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
pub enum Attribution {
    /// To nobody: to the team that the record has.
    #[sea_orm(string_value = "record")]
    Record,
    /// To the member who answers for the record (首问责任人).
    #[sea_orm(string_value = "owner")]
    Owner,
    /// To everybody who worked on it, by recorded shares (计分份额).
    #[sea_orm(string_value = "shares")]
    Shares,
}

/// By what figures are kept apart (维度).
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
pub enum Dimension {
    /// Everything together (公司).
    #[sea_orm(string_value = "company")]
    Company,
    /// The department of the attributed member on that day (部门).
    #[sea_orm(string_value = "department")]
    Department,
    /// The team of the attributed member on that day (团队).
    #[sea_orm(string_value = "team")]
    Team,
    /// The attributed member (成员).
    #[sea_orm(string_value = "member")]
    Member,
    /// The province; regions are made of provinces (省份).
    #[sea_orm(string_value = "province")]
    Province,
    /// The product (产品).
    #[sea_orm(string_value = "product")]
    Product,
    /// The way it came in (渠道).
    #[sea_orm(string_value = "channel")]
    Channel,
    /// What kind of record it is (类型).
    #[sea_orm(string_value = "kind")]
    Kind,
}

/// How much time a sum covers (粒度).
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
pub enum Grain {
    /// A day.
    #[sea_orm(string_value = "day")]
    Day,
    /// A calendar month.
    #[sea_orm(string_value = "month")]
    Month,
}
