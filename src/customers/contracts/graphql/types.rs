//! Contracts with their people and money in the schema.

use async_graphql::{Context, Object, Result};
use entity::{
    contract, contract_payment, contract_share, customer, member, payment_credit, product,
};

use super::enums::{ContractKind, ContractPaymentKind, ContractRole, ContractState};
use super::loaders::WorthOf;
use super::renewals::Renewal;
use crate::customers::contracts::store::{
    ContractsPayments, ContractsPeople, ContractsRenewal, PaymentsCredits, Worth,
};
use crate::customers::graphql::{Customer, Product};
use crate::graphql::children::{page_of, rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, Date, DateTime, Id, Money, PageArgs};
use crate::organisation::graphql::Member;

/// A contract with a customer. What it is about stays so; one that was recorded wrongly is called off and recorded again. 合同
pub struct Contract(pub contract::Model);

impl Contract {
    async fn worth(&self, ctx: &Context<'_>) -> Result<Option<Worth>> {
        let found = ctx.loads().load_one(WorthOf(self.0.id)).await;
        found.map_err(shared).on_field(ctx.call())
    }
}

/// A contract with a customer. What it is about stays so; one that was recorded wrongly is called off and recorded again. 合同
#[Object]
impl Contract {
    /// Its id, `contract_...`. 标识
    pub async fn id(&self) -> Id<contract::Entity> {
        Id::new(self.0.id)
    }

    /// Number on the paper, unique. 合同编号
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// With which customer; null when the customer is out of your reach. 客户
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let row = ctx.row::<customer::Entity>(self.0.customer_id).await;
        Ok(row.on_field(ctx.call())?.map(Customer))
    }

    /// About which product. 产品
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        let Some(id) = self.0.product_id else {
            return Ok(None);
        };
        let row = ctx.row::<product::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Product))
    }

    /// New, or a renewal. 合同类型
    async fn kind(&self) -> ContractKind {
        self.0.kind.into()
    }

    /// The contract that it renews; null for a new one, or when that one is out of your reach. 所续合同
    async fn renews(&self, ctx: &Context<'_>) -> Result<Option<Contract>> {
        let Some(id) = self.0.renews_id else {
            return Ok(None);
        };
        let row = ctx.row::<contract::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Contract))
    }

    /// Was it the customer's first contract when it was recorded? Those called off of whose money nothing is left don't count
    /// before it. 是否首份合同（此前已取消且无留存回款的合同不计）
    async fn is_first(&self) -> bool {
        self.0.is_first
    }

    /// The day of the signature. 签订日期
    async fn signed_on(&self) -> Date {
        self.0.signed_on.into()
    }

    /// The first day on which it holds. 开始日期
    async fn starts_on(&self) -> Date {
        self.0.starts_on.into()
    }

    /// The first day on which it no longer holds; then its renewal is due. 截止日期（不含）
    async fn until(&self) -> Date {
        self.0.until.into()
    }

    /// What has become of it. 状态
    async fn state(&self) -> ContractState {
        self.0.state.into()
    }

    /// From which day on it was called off. 取消日期
    async fn cancelled_on(&self) -> Option<Date> {
        self.0.cancelled_on.map(Into::into)
    }

    /// Why it was, for staff. 取消原因（仅内部可见）
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What it is worth. Confidential: null when the contract is out of your reach of `contract.value.read`. 合同金额
    async fn value(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        let worth = self.worth(ctx).await?;
        Ok(worth.map(|worth| Money::of_minor(worth.value, &worth.currency)))
    }

    /// What was collected, less what was refunded. Confidential: null when the contract is out of your reach of
    /// `contract.value.read`. 净回款
    async fn collected(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        let worth = self.worth(ctx).await?;
        Ok(worth.map(|worth| Money::of_minor(worth.collected, &worth.currency)))
    }

    /// Who stands behind it now, role by role, the largest share first. 合同人员
    async fn people(&self, ctx: &Context<'_>) -> Result<Option<Vec<ContractShare>>> {
        let rows = rows_of::<ContractsPeople>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(ContractShare).collect()))
    }

    /// The entries of money, the first first. 回款记录
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
    ) -> Result<Option<Connection<ContractPayment>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = page_of::<ContractsPayments>(ctx, self.0.id, page).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, ContractPayment)))
    }

    /// Its renewal, due when it ends. 续约跟进
    async fn renewal(&self, ctx: &Context<'_>) -> Result<Option<Renewal>> {
        let rows = rows_of::<ContractsRenewal>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().next().map(Renewal))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was recorded. 登记时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A member's share in a role for a contract. 合同人员份额
pub struct ContractShare(pub contract_share::Model);

/// A member's share in a role for a contract. 合同人员份额
#[Object]
impl ContractShare {
    /// What the member does for the contract. 角色
    async fn role(&self) -> ContractRole {
        self.0.role.into()
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// In basis points; the shares of one role add up to 10000. 份额（基点）
    async fn share(&self) -> i32 {
        self.0.share
    }
}

/// An entry of money for a contract; never changed: what was wrong is put right by a refund. 回款记录
pub struct ContractPayment(pub contract_payment::Model);

/// An entry of money for a contract; never changed: what was wrong is put right by a refund. 回款记录
#[Object]
impl ContractPayment {
    /// Its id, `payment_...`. 标识
    pub async fn id(&self) -> Id<contract_payment::Entity> {
        Id::new(self.0.id)
    }

    /// For which contract. 合同
    async fn contract(&self, ctx: &Context<'_>) -> Result<Option<Contract>> {
        let row = ctx.row::<contract::Entity>(self.0.contract_id).await;
        Ok(row.on_field(ctx.call())?.map(Contract))
    }

    /// Which way the money went. 类型
    async fn kind(&self) -> ContractPaymentKind {
        self.0.kind.into()
    }

    /// The collection that a refund takes back, as a whole or in part. 所退回款
    async fn refunds(&self, ctx: &Context<'_>) -> Result<Option<ContractPayment>> {
        let Some(id) = self.0.refunds_id else {
            return Ok(None);
        };
        let row = ctx.row::<contract_payment::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(ContractPayment))
    }

    /// How much; above nought both ways. 金额
    async fn amount(&self) -> Money {
        Money::of_minor(self.0.amount, &self.0.currency)
    }

    /// The day of the payment. 收付日期
    async fn paid_on(&self) -> Date {
        self.0.paid_on.into()
    }

    /// How the bank calls it, or the receipt. 凭证号
    async fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// What is said about it. 说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who is credited with it, role by role: whoever stood behind the contract when the money was recorded. In a refund, what each
    /// of them gives up. The parts of one role add up to the amount. 业绩归属
    async fn credits(&self, ctx: &Context<'_>) -> Result<Option<Vec<ContractPaymentCredit>>> {
        let rows = rows_of::<PaymentsCredits>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let currency = &self.0.currency;
        let credit = |row| ContractPaymentCredit(row, currency.clone());
        Ok(Some(rows.into_iter().map(credit).collect()))
    }

    /// What whoever recorded it was called then. 登记人
    async fn recorded_by_name(&self) -> &str {
        &self.0.recorded_by_name
    }

    /// When it was recorded. 登记时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A member's part of an entry of money, with its currency; never changed. 回款业绩归属
pub struct ContractPaymentCredit(pub payment_credit::Model, String);

/// A member's part of an entry of money; never changed. 回款业绩归属
#[Object]
impl ContractPaymentCredit {
    /// In which role. 角色
    async fn role(&self) -> ContractRole {
        self.0.role.into()
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The member's share in the role when the money was collected, in basis points. 份额（基点）
    async fn share(&self) -> i32 {
        self.0.share
    }

    /// The part, to the last minor unit. 金额
    async fn amount(&self) -> Money {
        Money::of_minor(self.0.amount, &self.1)
    }
}
