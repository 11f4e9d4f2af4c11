//! What is told of contracts, money and renewals.

use async_graphql::InputObject;
use entity::{contract, contract_payment, customer, member, product, renewal};

use super::enums::{ContractRole, RenewalLossReason};
use crate::customers::contracts::actions::{
    ContractCancel, ContractCreate, PaymentCollect, PaymentRefund, PeopleSet, RenewalContact,
    RenewalLose, Step,
};
use crate::customers::contracts::rules::shares::Share;
use crate::graphql::{Date, Id, MoneyInput};

/// A member's share in a role. The shares of one role add up to 10000. 人员份额
#[derive(Clone, InputObject)]
pub struct ContractShareInput {
    /// What the member does for the contract. 角色
    role: ContractRole,
    /// The member. 成员
    member_id: Id<member::Entity>,
    /// In basis points, 1 to 10000. 份额（基点）
    share: i32,
}

fn people(shares: Vec<ContractShareInput>) -> Vec<Share> {
    let share = |one: ContractShareInput| Share {
        role: one.role.into(),
        member_id: one.member_id.uuid,
        share: one.share,
    };
    shares.into_iter().map(share).collect()
}

/// A contract to record. 登记合同
#[derive(Clone, InputObject)]
pub struct ContractCreateInput {
    /// Number on the paper, 1 to 64 characters, unique. 合同编号
    number: String,
    /// With which customer; within the reach of `contract.write`. 客户
    customer_id: Id<customer::Entity>,
    /// About which product. 产品
    product_id: Option<Id<product::Entity>>,
    /// The contract of the same customer that it renews; its renewal is then won. Without one the contract is new. 所续合同
    renews_id: Option<Id<contract::Entity>>,
    /// What it is worth. 合同金额
    value: MoneyInput,
    /// The day of the signature; not in the future. 签订日期
    signed_on: Date,
    /// The first day on which it holds. 开始日期
    starts_on: Date,
    /// The first day on which it no longer holds; then its renewal is due. 截止日期（不含）
    until: Date,
    /// Who stands behind it, at most 20 members a role; a role may be empty. 合同人员
    #[graphql(default)]
    people: Vec<ContractShareInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ContractCreateInput {
    /// The plain order.
    pub fn plain(self) -> ContractCreate {
        ContractCreate {
            number: self.number,
            customer_id: self.customer_id.uuid,
            product_id: self.product_id.map(|id| id.uuid),
            renews_id: self.renews_id.map(|id| id.uuid),
            value: self.value.minor(),
            currency: self.value.currency,
            signed_on: self.signed_on.0,
            starts_on: self.starts_on.0,
            until: self.until.0,
            people: people(self.people),
        }
    }
}

/// Who stands behind a contract from now on. 指定合同人员
#[derive(Clone, InputObject)]
pub struct ContractPeopleSetInput {
    /// Which one. 合同
    id: Id<contract::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// All of them, in place of those before; at most 20 members a role. 全部人员
    people: Vec<ContractShareInput>,
}

impl ContractPeopleSetInput {
    /// The plain order.
    pub fn plain(self) -> PeopleSet {
        PeopleSet {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            people: people(self.people),
        }
    }
}

/// A contract to call off. 取消合同
#[derive(Clone, InputObject)]
pub struct ContractCancelInput {
    /// Which one. 合同
    id: Id<contract::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// From which day on it no longer holds; not in the future. 取消日期
    cancelled_on: Date,
    /// Why, 1 to 2000 characters. 原因
    reason: String,
}

impl ContractCancelInput {
    /// The plain order.
    pub fn plain(self) -> ContractCancel {
        ContractCancel {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            cancelled_on: self.cancelled_on.0,
            reason: self.reason,
        }
    }
}

/// Money that came. 登记回款
#[derive(Clone, InputObject)]
pub struct ContractPaymentCollectInput {
    /// For which contract. 合同
    contract_id: Id<contract::Entity>,
    /// How much, in the currency of the contract. 金额
    amount: MoneyInput,
    /// The day of the payment; not in the future. 回款日期
    paid_on: Date,
    /// How the bank calls it, or the receipt; at most 64 characters. 凭证号
    reference: Option<String>,
    /// What is said about it, at most 2000 characters. 说明
    note: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ContractPaymentCollectInput {
    /// The plain order.
    pub fn plain(self) -> PaymentCollect {
        PaymentCollect {
            contract_id: self.contract_id.uuid,
            amount: self.amount.minor(),
            currency: self.amount.currency,
            paid_on: self.paid_on.0,
            reference: self.reference,
            note: self.note,
        }
    }
}

/// Money that went back, or an entry that is put right. 登记退款
#[derive(Clone, InputObject)]
pub struct ContractPaymentRefundInput {
    /// The collection that it takes back, as a whole or in part. 所退回款
    payment_id: Id<contract_payment::Entity>,
    /// How much, in the currency of the contract; no more than is left of the collection. 金额
    amount: MoneyInput,
    /// The day of the payment; not before the collection, nor in the future. 退款日期
    paid_on: Date,
    /// How the bank calls it, or the receipt; at most 64 characters. 凭证号
    reference: Option<String>,
    /// Why, 1 to 2000 characters. 原因
    note: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ContractPaymentRefundInput {
    /// The plain order.
    pub fn plain(self) -> PaymentRefund {
        PaymentRefund {
            payment_id: self.payment_id.uuid,
            amount: self.amount.minor(),
            currency: self.amount.currency,
            paid_on: self.paid_on.0,
            reference: self.reference,
            note: self.note,
        }
    }
}

/// A talk about a renewal, or an attempt at one. 续约联系
#[derive(Clone, InputObject)]
pub struct RenewalContactInput {
    /// Which renewal. 续约
    id: Id<renewal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The day of it; not in the future. 联系日期
    contacted_on: Date,
    /// Did the customer answer? 是否有回应
    answered: bool,
    /// What was said, at most 2000 characters; the last note stays without one. 说明
    note: Option<String>,
}

impl RenewalContactInput {
    /// The plain order.
    pub fn plain(self) -> RenewalContact {
        RenewalContact {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            contacted_on: self.contacted_on.0,
            answered: self.answered,
            note: self.note,
        }
    }
}

/// A customer who doesn't go on. 登记流失
#[derive(Clone, InputObject)]
pub struct RenewalLoseInput {
    /// Which renewal. 续约
    id: Id<renewal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why. 原因
    reason: RenewalLossReason,
    /// What was said, at most 2000 characters; needed where the reason is `OTHER`. 说明
    note: Option<String>,
}

impl RenewalLoseInput {
    /// The plain order.
    pub fn plain(self) -> RenewalLose {
        RenewalLose {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            reason: self.reason.into(),
            note: self.note,
        }
    }
}
