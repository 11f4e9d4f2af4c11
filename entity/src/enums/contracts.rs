//! What contracts, their money and their renewals choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Whether a contract is a customer's new one or goes on from another (合同类型).
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
pub enum ContractKind {
    /// A new contract (新签).
    #[sea_orm(string_value = "new")]
    New,
    /// It goes on from another contract (续约).
    #[sea_orm(string_value = "renewal")]
    Renewal,
}

/// What has become of a contract (合同状态).
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
pub enum ContractState {
    /// It holds, or did until it ended (有效).
    #[sea_orm(string_value = "active")]
    Active,
    /// It was called off, with a reason (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// What a member does for a contract (合同角色).
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
pub enum ContractRole {
    /// Sold it (销售).
    #[sea_orm(string_value = "seller")]
    Seller,
    /// Collects its money and its renewal (收款/续约负责人).
    #[sea_orm(string_value = "collector")]
    Collector,
    /// Helped with it (协助).
    #[sea_orm(string_value = "assistant")]
    Assistant,
}

/// Which way money went (回款类型).
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
pub enum PaymentKind {
    /// It came from the customer (回款).
    #[sea_orm(string_value = "collected")]
    Collected,
    /// It went back to the customer, or puts an entry right (退款/冲正).
    #[sea_orm(string_value = "refunded")]
    Refunded,
}

/// How far the renewal of a contract is (续约状态).
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
pub enum RenewalState {
    /// Nobody has talked to the customer about it (待续约).
    #[sea_orm(string_value = "due")]
    Due,
    /// The customer was contacted (已联系).
    #[sea_orm(string_value = "contacted")]
    Contacted,
    /// There is a new contract (已续约).
    #[sea_orm(string_value = "won")]
    Won,
    /// The customer doesn't go on (已流失).
    #[sea_orm(string_value = "lost")]
    Lost,
    /// The contract was called off, so that there is nothing to renew (无需续约).
    #[sea_orm(string_value = "void")]
    Void,
}

/// Why a customer doesn't go on (流失原因).
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
pub enum RenewalLoss {
    /// The price (价格).
    #[sea_orm(string_value = "price")]
    Price,
    /// The service (服务).
    #[sea_orm(string_value = "service")]
    Service,
    /// The product (产品).
    #[sea_orm(string_value = "product")]
    Product,
    /// Somebody else's offer (竞争对手).
    #[sea_orm(string_value = "competitor")]
    Competitor,
    /// The customer needs it no longer (不再需要).
    #[sea_orm(string_value = "no_need")]
    NoNeed,
    /// The customer can't be reached (无法联系).
    #[sea_orm(string_value = "no_answer")]
    NoAnswer,
    /// Something else; the note says what (其他).
    #[sea_orm(string_value = "other")]
    Other,
}
