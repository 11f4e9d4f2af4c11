//! Planning, approving, applying and cancelling.

use async_graphql::{Context, InputObject, Object, Result};
use entity::reorganisation;

use super::inputs::{ReorganisationPlanInput, ReorganisationReviseInput};
use super::types::Reorganisation;
use crate::graphql::{Ask, Id};
use crate::mutation_payload;
use crate::organisation::graphql::show;
use crate::organisation::reorganisation::actions::{self, ReorganisationStep};

/// Which plan to approve. 批准方案
#[derive(InputObject)]
pub struct ReorganisationApproveInput {
    /// Which plan. 方案
    id: Id<reorganisation::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

/// Which plan to apply. 实施方案
#[derive(InputObject)]
pub struct ReorganisationApplyInput {
    /// Which plan. 方案
    id: Id<reorganisation::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

/// Which plan to give up, and why. 取消方案
#[derive(InputObject)]
pub struct ReorganisationCancelInput {
    /// Which plan. 方案
    id: Id<reorganisation::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 2,000 characters. 原因
    reason: String,
}

macro_rules! payloads {
    ($($name:ident)*) => {
        $(mutation_payload!(
            $name,
            reorganisation: Reorganisation,
            "The plan; null when nothing was changed. 方案"
        );)*
    };
}

payloads! {
    ReorganisationPlanPayload
    ReorganisationRevisePayload
    ReorganisationApprovePayload
    ReorganisationApplyPayload
    ReorganisationCancelPayload
}

/// The mutations of planned reorganisations.
#[derive(Default)]
pub struct ReorganisationMutation;

/// The mutations of planned reorganisations.
#[Object]
impl ReorganisationMutation {
    /// Writes a plan: changes of the organisation with a day. `reorganisationPreview` says what it would mean for whom. 拟定方案
    async fn reorganisation_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan. 方案")] input: ReorganisationPlanInput,
    ) -> Result<Option<ReorganisationPlanPayload>> {
        let key = input.idempotency_key.clone();
        let draft = input.into();
        let result =
            actions::reorganisation_plan(ctx.app(), ctx.call(), &draft, key.as_deref()).await;
        show!(ctx, result, reorganisation as Reorganisation)
    }

    /// Writes a draft anew. 修订方案
    async fn reorganisation_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft, and how it is to be. 方案及内容")]
        input: ReorganisationReviseInput,
    ) -> Result<Option<ReorganisationRevisePayload>> {
        let which = (input.id.uuid, input.expected_version);
        let draft = input.into();
        let result = actions::reorganisation_revise(ctx.app(), ctx.call(), which, &draft).await;
        show!(ctx, result, reorganisation as Reorganisation)
    }

    /// Approves a draft that fits: it is applied by itself soon after the midnight of its day. 批准方案
    async fn reorganisation_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which plan. 方案")] input: ReorganisationApproveInput,
    ) -> Result<Option<ReorganisationApprovePayload>> {
        let step = ReorganisationStep {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let result = actions::reorganisation_approve(ctx.app(), ctx.call(), step).await;
        show!(ctx, result, reorganisation as Reorganisation)
    }

    /// Applies an approved plan whose day has come, without waiting for the server to do it. 实施方案
    async fn reorganisation_apply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which plan. 方案")] input: ReorganisationApplyInput,
    ) -> Result<Option<ReorganisationApplyPayload>> {
        let step = ReorganisationStep {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let result = actions::reorganisation_apply(ctx.app(), ctx.call(), step).await;
        show!(ctx, result, reorganisation as Reorganisation)
    }

    /// Gives up a plan that hasn't been applied. 取消方案
    async fn reorganisation_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which plan, and why. 方案及原因")] input: ReorganisationCancelInput,
    ) -> Result<Option<ReorganisationCancelPayload>> {
        let step = ReorganisationStep {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let (app, call) = (ctx.app(), ctx.call());
        let result = actions::reorganisation_cancel(app, call, step, &input.reason).await;
        show!(ctx, result, reorganisation as Reorganisation)
    }
}
