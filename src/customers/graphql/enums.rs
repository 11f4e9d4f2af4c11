//! Enums of the customers as the schema shows them.

use async_graphql::Enum;

use crate::enum_filter;

/// Whether a customer is a company or a person. 客户类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::CustomerKind")]
pub enum CustomerKind {
    /// A company or public body. 企业
    Company,
    /// A private person. 个人
    Person,
}

/// How a customer is ranked; later tiers come first in line. 客户等级
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::CustomerTier")]
pub enum CustomerTier {
    /// Ordinary customer. 普通
    Standard,
    /// Silver customer. 银牌
    Silver,
    /// Gold customer. 金牌
    Gold,
    /// Key customer. 重点客户
    Vip,
}

/// What a partner organisation does with us. 合作伙伴类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::PartnerKind")]
pub enum PartnerKind {
    /// Sells our products. 经销商
    Dealer,
    /// Serves customers in our name. 服务商
    ServicePartner,
    /// Uses our products and serves its own people. 客户公司
    ClientCompany,
}

enum_filter!(
    CustomerKindFilter,
    CustomerKind,
    entity::enums::CustomerKind,
    "Compares the kind of customer. All given comparisons must hold. 客户类型条件"
);
enum_filter!(
    CustomerTierFilter,
    CustomerTier,
    entity::enums::CustomerTier,
    "Compares the tier. All given comparisons must hold. 客户等级条件"
);
enum_filter!(
    PartnerKindFilter,
    PartnerKind,
    entity::enums::PartnerKind,
    "Compares the kind of partner. All given comparisons must hold. 合作伙伴类型条件"
);

crate::leaf_enums!(CustomerKind, CustomerTier, PartnerKind);
