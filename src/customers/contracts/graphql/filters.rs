//! Filters of contracts, money and renewals as clients write them.

use async_graphql::InputObject;
use entity::{contract, customer, member, product};

use super::enums::{
    ContractKindFilter, ContractPaymentKindFilter, ContractStateFilter, RenewalStateFilter,
};
use crate::customers::contracts::rules::renewals::Days;
use crate::customers::contracts::store;
use crate::customers::graphql::DateFilter;
use crate::db::filter::IdMatches;
use crate::error::Result;
use crate::graphql::filters::{IdFilter, StringFilter};
use crate::graphql::{Id, Node};

fn keys<E: Node>(ids: Option<IdFilter>, field: &str) -> Result<Option<IdMatches>> {
    ids.map(|ids| ids.of::<E>(field)).transpose()
}

/// Which contracts. Everything given must hold. 合同筛选
#[derive(Clone, Default, InputObject)]
pub struct ContractFilter {
    /// Number on the paper. 合同编号
    number: Option<StringFilter>,
    /// With which customer. 客户
    customer_id: Option<IdFilter>,
    /// About which product. 产品
    product_id: Option<IdFilter>,
    /// New, or a renewal. 合同类型
    kind: Option<ContractKindFilter>,
    /// What has become of it. 状态
    state: Option<ContractStateFilter>,
    /// When it was signed. 签订日期
    signed_on: Option<DateFilter>,
    /// The first day on which it no longer holds. 截止日期
    until: Option<DateFilter>,
    /// This member stands behind it, in whatever role; only among people that you see. 合同人员
    member_id: Option<Id<member::Entity>>,
}

impl ContractFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::ContractFilter> {
        Ok(store::ContractFilter {
            number: self.number.map(Into::into),
            customer_id: keys::<customer::Entity>(self.customer_id, "filter.customerId")?,
            product_id: keys::<product::Entity>(self.product_id, "filter.productId")?,
            kind: self.kind.map(Into::into),
            state: self.state.map(Into::into),
            signed_on: self.signed_on.map(Into::into),
            until: self.until.map(Into::into),
            member_id: self.member_id.map(|id| id.uuid),
        })
    }
}

/// Which entries of money. Everything given must hold. 回款筛选
#[derive(Clone, Default, InputObject)]
pub struct ContractPaymentFilter {
    /// For which contract. 合同
    contract_id: Option<IdFilter>,
    /// Of which customer. 客户
    customer_id: Option<IdFilter>,
    /// Which way the money went. 类型
    kind: Option<ContractPaymentKindFilter>,
    /// The day of the payment. 收付日期
    paid_on: Option<DateFilter>,
    /// This member is credited with it, in whatever role; only among people that you see. 业绩归属人
    member_id: Option<Id<member::Entity>>,
}

impl ContractPaymentFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::PaymentFilter> {
        Ok(store::PaymentFilter {
            contract_id: keys::<contract::Entity>(self.contract_id, "filter.contractId")?,
            customer_id: keys::<customer::Entity>(self.customer_id, "filter.customerId")?,
            kind: self.kind.map(Into::into),
            paid_on: self.paid_on.map(Into::into),
            member_id: self.member_id.map(|id| id.uuid),
        })
    }
}

/// Which renewals. Everything given must hold. 续约筛选
#[derive(Clone, Default, InputObject)]
pub struct RenewalFilter {
    /// With which customer. 客户
    customer_id: Option<IdFilter>,
    /// How far it is. 状态
    state: Option<RenewalStateFilter>,
    /// The first day without the contract. 到期日期
    due_on: Option<DateFilter>,
    /// This member stands behind the contract that ends, in whatever role; only among people that you see. 合同人员
    member_id: Option<Id<member::Entity>>,
    /// Not decided, and due within so many days as the setting `renewal.notice_days` says, or late (true); all others (false). 待办
    in_worklist: Option<bool>,
    /// With any of the `risks` (true), or with none (false). 有流失风险
    at_risk: Option<bool>,
}

impl RenewalFilter {
    /// Does it go by days?
    pub const fn goes_by_days(&self) -> bool {
        self.in_worklist.is_some() || self.at_risk.is_some()
    }

    /// The plain filter, by these days.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self, days: Option<Days>) -> Result<store::RenewalFilter> {
        Ok(store::RenewalFilter {
            customer_id: keys::<customer::Entity>(self.customer_id, "filter.customerId")?,
            state: self.state.map(Into::into),
            due_on: self.due_on.map(Into::into),
            member_id: self.member_id.map(|id| id.uuid),
            in_worklist: self.in_worklist.zip(days),
            at_risk: self.at_risk.zip(days),
        })
    }
}
