//! The enums of contracts, money and renewals as clients see them.

use async_graphql::Enum;

use crate::customers::contracts::{rules, store};
use crate::enum_filter;

/// Whether a contract is a customer's new one or goes on from another. 合同类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ContractKind")]
pub enum ContractKind {
    /// A new contract. 新签
    New,
    /// It goes on from another contract. 续约
    Renewal,
}

/// What has become of a contract. 合同状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ContractState")]
pub enum ContractState {
    /// It holds, or did until it ended. 有效
    Active,
    /// It was called off, with a reason. 已取消
    Cancelled,
}

/// What a member does for a contract. 合同角色
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ContractRole")]
pub enum ContractRole {
    /// Sold it. 销售
    Seller,
    /// Collects its money and its renewal. 收款/续约负责人
    Collector,
    /// Helped with it. 协助
    Assistant,
}

/// Which way money went. 回款类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::PaymentKind")]
pub enum ContractPaymentKind {
    /// It came from the customer. 回款
    Collected,
    /// It went back to the customer, or puts an entry right. 退款/冲正
    Refunded,
}

/// How far the renewal of a contract is. 续约状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RenewalState")]
pub enum RenewalState {
    /// Nobody has talked to the customer about it. 待续约
    Due,
    /// The customer was contacted. 已联系
    Contacted,
    /// There is a new contract. 已续约
    Won,
    /// The customer doesn't go on. 已流失
    Lost,
    /// The contract was called off, so that there is nothing to renew. 无需续约
    Void,
}

/// Why a customer doesn't go on. 流失原因
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RenewalLoss")]
pub enum RenewalLossReason {
    /// The price. 价格
    Price,
    /// The service. 服务
    Service,
    /// The product. 产品
    Product,
    /// Somebody else's offer. 竞争对手
    Competitor,
    /// The customer needs it no longer. 不再需要
    NoNeed,
    /// The customer can't be reached. 无法联系
    NoAnswer,
    /// Something else; the note says what. 其他
    Other,
}

/// What bodes ill for a renewal. 流失风险
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::renewals::Risk")]
pub enum RenewalRisk {
    /// The contract has ended, and nothing is decided. 已到期未续约
    Late,
    /// It ends soon, and nobody has contacted the customer. 临近到期未联系
    NotContacted,
    /// The customer was contacted and didn't answer. 联系未回应
    NoAnswer,
    /// The customer was lost once already. 曾经流失
    LostBefore,
}

/// How contracts are sorted. 合同排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ContractOrder")]
pub enum ContractOrder {
    /// The latest signature first. 最近签订
    #[default]
    SignedOnDesc,
    /// The earliest signature first. 最早签订
    SignedOnAsc,
    /// What ends first first. 最早到期
    UntilAsc,
    /// By number. 按编号升序
    NumberAsc,
}

/// How entries of money are sorted. 回款排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::PaymentOrder")]
pub enum ContractPaymentOrder {
    /// The latest first. 最近收付
    #[default]
    PaidOnDesc,
    /// The earliest first. 最早收付
    PaidOnAsc,
}

/// How renewals are sorted. 续约排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RenewalOrder")]
pub enum RenewalOrder {
    /// What is due first first. 最早到期
    #[default]
    DueOnAsc,
    /// What is due last first. 最晚到期
    DueOnDesc,
}

enum_filter!(
    ContractKindFilter,
    ContractKind,
    entity::enums::ContractKind,
    "Compares the kind of contract. All given comparisons must hold. 合同类型条件"
);
enum_filter!(
    ContractStateFilter,
    ContractState,
    entity::enums::ContractState,
    "Compares the state of a contract. All given comparisons must hold. 合同状态条件"
);
enum_filter!(
    ContractPaymentKindFilter,
    ContractPaymentKind,
    entity::enums::PaymentKind,
    "Compares which way money went. All given comparisons must hold. 回款类型条件"
);
enum_filter!(
    RenewalStateFilter,
    RenewalState,
    entity::enums::RenewalState,
    "Compares how far a renewal is. All given comparisons must hold. 续约状态条件"
);
