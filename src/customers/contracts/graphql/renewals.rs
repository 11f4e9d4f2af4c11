//! Renewals in the schema.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{contract, customer, renewal};

use super::enums::{RenewalLossReason, RenewalRisk, RenewalState};
use super::loaders::RisksOf;
use super::types::Contract;
use crate::customers::graphql::Customer;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};

/// The renewal of a contract that ends; it comes with the contract. It is won by recording a contract that renews it. 续约跟进
pub struct Renewal(pub renewal::Model);

/// The renewal of a contract that ends; it comes with the contract. It is won by recording a contract that renews it. 续约跟进
#[Object]
impl Renewal {
    /// Its id, `renewal_...`. 标识
    pub async fn id(&self) -> Id<renewal::Entity> {
        Id::new(self.0.id)
    }

    /// The contract that ends. 到期合同
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Contract>> {
        let row = ctx.row::<contract::Entity>(self.0.contract_id).await;
        Ok(row.on_field(ctx.call())?.map(Contract))
    }

    /// Its customer; null when out of your reach. 客户
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let row = ctx.row::<customer::Entity>(self.0.customer_id).await;
        Ok(row.on_field(ctx.call())?.map(Customer))
    }

    /// The first day without the contract. 到期日期
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// How far it is. 状态
    async fn state(&self) -> RenewalState {
        self.0.state.into()
    }

    /// How often the customer was contacted about it. 联系次数
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When that was last. 最近联系日期
    async fn last_contacted_on(&self) -> Option<Date> {
        self.0.last_contacted_on.map(Into::into)
    }

    /// Did the customer answer the last time? 最近一次是否有回应
    async fn answered(&self) -> bool {
        self.0.answered
    }

    /// What was said last. 说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The contract that goes on; there when won. 续约合同
    async fn new_contract(&self, ctx: &Context<'_>) -> Result<Option<Contract>> {
        let Some(id) = self.0.new_contract_id else {
            return Ok(None);
        };
        let row = ctx.row::<contract::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Contract))
    }

    /// Why the customer doesn't go on; there when lost. 流失原因
    async fn lost_reason(&self) -> Option<RenewalLossReason> {
        self.0.lost_reason.map(Into::into)
    }

    /// The day on which it was won, lost or became void. 结果日期
    async fn decided_on(&self) -> Option<Date> {
        self.0.decided_on.map(Into::into)
    }

    /// What bodes ill for it, today, as far as you see the customer's other renewals; none once it is decided. 流失风险
    async fn risks(&self, ctx: &Context<'_>) -> Result<Vec<RenewalRisk>> {
        let key = RisksOf(Arc::new(self.0.clone()));
        let risks = ctx.loads().load_one(key).await.map_err(shared);
        let risks = risks.on_field(ctx.call())?.unwrap_or_default();
        Ok(risks.into_iter().map(Into::into).collect())
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
