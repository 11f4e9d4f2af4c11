//! Writing rules, bringing them into force, and trying them.

use async_graphql::{Context, Object, Result};
use entity::{incentive_rule, incentive_simulation};

use super::orders::{
    IncentiveRuleCreateInput, IncentiveRuleDraftInput, IncentiveRuleVersionActivateInput,
    IncentiveRuleVersionApproveInput, IncentiveRuleVersionRejectInput,
    IncentiveRuleVersionRetireInput, IncentiveRuleVersionReviseInput,
    IncentiveSimulationCancelInput, IncentiveSimulationReleaseInput, IncentiveSimulationStartInput,
};
use super::simulation::IncentiveSimulation;
use super::types::IncentiveRule;
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::incentives::definitions::actions;
use crate::incentives::definitions::simulations::actions as trying;
use crate::mutation_payload;

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, rule: IncentiveRule, "The rule; null when nothing was changed. 规则");)*
    };
}

payloads!(
    IncentiveRuleCreatePayload,
    IncentiveRuleDraftPayload,
    IncentiveRuleVersionRevisePayload,
    IncentiveRuleVersionApprovePayload,
    IncentiveRuleVersionRejectPayload,
    IncentiveRuleVersionActivatePayload,
    IncentiveRuleVersionRetirePayload
);
mutation_payload!(
    IncentiveSimulationStartPayload,
    simulation: IncentiveSimulation,
    "The simulation; null when nothing was done. 模拟"
);
mutation_payload!(
    IncentiveSimulationCancelPayload,
    simulation: IncentiveSimulation,
    "The simulation; null when nothing was done. 模拟"
);
mutation_payload!(
    IncentiveSimulationReleasePayload,
    simulation: IncentiveSimulation,
    "The simulation; null when nothing was done. 模拟"
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

/// The mutations about incentive rules.
#[derive(Default)]
pub struct IncentiveRuleMutation;

/// The mutations about incentive rules.
#[Object]
impl IncentiveRuleMutation {
    /// Makes a rule with its first draft. 新建激励规则
    async fn incentive_rule_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rule. 规则")] input: IncentiveRuleCreateInput,
    ) -> Result<Option<IncentiveRuleCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::rule_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, incentive_rule as IncentiveRule)
    }

    /// Begins the next version of a rule as a draft. 起草新版本
    async fn incentive_rule_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft. 草稿")] input: IncentiveRuleDraftInput,
    ) -> Result<Option<IncentiveRuleDraftPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::rule_draft(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, incentive_rule as IncentiveRule)
    }

    /// Changes a version that isn't approved as a whole; it is a draft again. 修订草稿
    async fn incentive_rule_version_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be. 内容")] input: IncentiveRuleVersionReviseInput,
    ) -> Result<Option<IncentiveRuleVersionRevisePayload>> {
        let done = actions::version_revise(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, incentive_rule as IncentiveRule)
    }

    /// Agrees to a version that others wrote. 批准规则版本
    async fn incentive_rule_version_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version. 规则版本")] input: IncentiveRuleVersionApproveInput,
    ) -> Result<Option<IncentiveRuleVersionApprovePayload>> {
        let done = actions::version_approve(ctx.app(), ctx.call(), &input.into()).await;
        shown!(ctx, done, incentive_rule as IncentiveRule)
    }

    /// Sends a version back to be written anew. 退回规则版本
    async fn incentive_rule_version_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version, and why. 规则版本及理由")]
        input: IncentiveRuleVersionRejectInput,
    ) -> Result<Option<IncentiveRuleVersionRejectPayload>> {
        let done = actions::version_reject(ctx.app(), ctx.call(), &input.into()).await;
        shown!(ctx, done, incentive_rule as IncentiveRule)
    }

    /// Puts an approved version into force from a day on, which ends the former one on that day. 启用规则版本
    async fn incentive_rule_version_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version, from when. 规则版本及生效日期")]
        input: IncentiveRuleVersionActivateInput,
    ) -> Result<Option<IncentiveRuleVersionActivatePayload>> {
        let done = actions::version_activate(ctx.app(), ctx.call(), input.into()).await;
        shown!(ctx, done, incentive_rule as IncentiveRule)
    }

    /// Takes a version out of use: an active one from a day on, another one at once. 停用规则版本
    async fn incentive_rule_version_retire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version, from when. 规则版本及停用日期")]
        input: IncentiveRuleVersionRetireInput,
    ) -> Result<Option<IncentiveRuleVersionRetirePayload>> {
        let done = actions::version_retire(ctx.app(), ctx.call(), input.into()).await;
        shown!(ctx, done, incentive_rule as IncentiveRule)
    }

    /// Tries versions on past periods, against the rules of today; the worker computes it. Nothing of it is paid. 发起模拟
    async fn incentive_simulation_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is tried. 模拟内容")] input: IncentiveSimulationStartInput,
    ) -> Result<Option<IncentiveSimulationStartPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = trying::simulation_start(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, incentive_simulation as IncentiveSimulation)
    }

    /// Calls off a simulation that hasn't ended. 取消模拟
    async fn incentive_simulation_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 模拟")] input: IncentiveSimulationCancelInput,
    ) -> Result<Option<IncentiveSimulationCancelPayload>> {
        let done = trying::simulation_cancel(ctx.app(), ctx.call(), input.id.uuid).await;
        shown!(ctx, done, incentive_simulation as IncentiveSimulation)
    }

    /// Releases what a simulation came to for those who don't see what all members are paid, as `asReleased` shows it. Whoever does it
    /// sees that pay themselves. 公开模拟结果
    async fn incentive_simulation_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 模拟")] input: IncentiveSimulationReleaseInput,
    ) -> Result<Option<IncentiveSimulationReleasePayload>> {
        let done = trying::simulation_release(ctx.app(), ctx.call(), input.id.uuid).await;
        shown!(ctx, done, incentive_simulation as IncentiveSimulation)
    }
}
