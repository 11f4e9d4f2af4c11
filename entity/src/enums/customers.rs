//! What customers, partners and their contacts choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a partner organisation does with us (合作伙伴类型).
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
pub enum PartnerKind {
    /// Sells our products (经销商).
    #[sea_orm(string_value = "dealer")]
    Dealer,
    /// Serves customers in our name (服务商).
    #[sea_orm(string_value = "service_partner")]
    ServicePartner,
    /// Uses our products and serves its own people (客户公司).
    #[sea_orm(string_value = "client_company")]
    ClientCompany,
}

/// Whether a customer is a company or a person (客户类型).
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
pub enum CustomerKind {
    /// A company or public body (企业).
    #[sea_orm(string_value = "company")]
    Company,
    /// A private person (个人).
    #[sea_orm(string_value = "person")]
    Person,
}

/// How a customer is ranked; later tiers come first in line (客户等级).
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
pub enum CustomerTier {
    /// Ordinary customer (普通).
    #[sea_orm(string_value = "standard")]
    Standard,
    /// Silver customer (银牌).
    #[sea_orm(string_value = "silver")]
    Silver,
    /// Gold customer (金牌).
    #[sea_orm(string_value = "gold")]
    Gold,
    /// Key customer (重点客户).
    #[sea_orm(string_value = "vip")]
    Vip,
}
