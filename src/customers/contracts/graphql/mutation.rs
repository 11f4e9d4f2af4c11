//! Recording contracts and money, and working on renewals.

use async_graphql::{Context, Object, Result};
use entity::{contract, contract_payment, renewal};

use super::inputs::{
    ContractCancelInput, ContractCreateInput, ContractPaymentCollectInput,
    ContractPaymentRefundInput, ContractPeopleSetInput, RenewalContactInput, RenewalLoseInput,
};
use super::renewals::Renewal;
use super::types::{Contract, ContractPayment};
use crate::access::{Scoped, find};
use crate::customers::contracts::actions;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

mutation_payload!(
    ContractCreatePayload,
    contract: Contract,
    "The new contract; null when nothing was changed or it is out of your reach. 新合同"
);
mutation_payload!(
    ContractPeopleSetPayload,
    contract: Contract,
    "The contract; null when nothing was changed. 合同"
);
mutation_payload!(
    ContractCancelPayload,
    contract: Contract,
    "The contract; null when nothing was changed. 合同"
);
mutation_payload!(
    ContractPaymentCollectPayload,
    payment: ContractPayment,
    "The new entry; null when nothing was changed or it is out of your reach. 新回款记录"
);
mutation_payload!(
    ContractPaymentRefundPayload,
    payment: ContractPayment,
    "The new entry; null when nothing was changed or it is out of your reach. 新退款记录"
);
mutation_payload!(
    RenewalContactPayload,
    renewal: Renewal,
    "The renewal; null when nothing was changed. 续约"
);
mutation_payload!(
    RenewalLosePayload,
    renewal: Renewal,
    "The renewal; null when nothing was changed. 续约"
);

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        Ok(Some(
            Outcome {
                value: outcome.value.flatten().map($view),
                user_errors: outcome.user_errors,
            }
            .into(),
        ))
    }};
}

/// The mutations about contracts, money and renewals.
#[derive(Default)]
pub struct ContractMutation;

/// The mutations about contracts, money and renewals.
#[Object]
impl ContractMutation {
    /// Records a contract with a customer within the reach of `contract.write`. One that renews another wins its renewal. 登记合同
    async fn contract_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contract. 合同")] input: ContractCreateInput,
    ) -> Result<Option<ContractCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::contract_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, contract as Contract)
    }

    /// Says who stands behind a contract, for money that is recorded from now on; what was credited stays. 指定合同人员
    async fn contract_people_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The people. 人员")] input: ContractPeopleSetInput,
    ) -> Result<Option<ContractPeopleSetPayload>> {
        let done = actions::people_set(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, contract as Contract)
    }

    /// Calls a contract off: its renewal is void, and the one that it won is open again. Money stays; refund it apart. 取消合同
    async fn contract_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 合同及原因")] input: ContractCancelInput,
    ) -> Result<Option<ContractCancelPayload>> {
        let done = actions::contract_cancel(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, contract as Contract)
    }

    /// Records money that came, credited to the people of the contract as they are now. 登记回款
    async fn contract_payment_collect(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The money. 回款")] input: ContractPaymentCollectInput,
    ) -> Result<Option<ContractPaymentCollectPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::payment_collect(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, contract_payment as ContractPayment)
    }

    /// Records money that went back, or puts a collection right; whoever was credited with it gives up their part. 登记退款
    async fn contract_payment_refund(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The money. 退款")] input: ContractPaymentRefundInput,
    ) -> Result<Option<ContractPaymentRefundPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::payment_refund(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, contract_payment as ContractPayment)
    }

    /// Notes that a customer was contacted about a renewal, also one that was given up. 登记续约联系
    async fn renewal_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The talk. 联系情况")] input: RenewalContactInput,
    ) -> Result<Option<RenewalContactPayload>> {
        let done = actions::renewal_contact(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, renewal as Renewal)
    }

    /// Notes that a customer doesn't go on, and why. 登记流失
    async fn renewal_lose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which renewal, and why. 续约及原因")] input: RenewalLoseInput,
    ) -> Result<Option<RenewalLosePayload>> {
        let done = actions::renewal_lose(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, renewal as Renewal)
    }
}
