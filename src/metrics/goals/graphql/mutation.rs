//! Setting, changing, pursuing and giving up goals.

use async_graphql::{Context, InputObject, Object};
use entity::goal;
use uuid::Uuid;

use super::inputs::{GoalCreateInput, GoalUpdateInput};
use super::types::Goal;
use crate::access::{Scoped, find};
use crate::error::Result;
use crate::graphql::{Ask, Id, Outcome};
use crate::metrics::goals::actions::{self, GoalStep};
use crate::mutation_payload;

/// Which goal begins to be pursued. 启用目标
#[derive(InputObject)]
pub struct GoalActivateInput {
    /// The goal. 目标
    id: Id<goal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

/// Which goal is given up, and why. 取消目标
#[derive(InputObject)]
pub struct GoalCancelInput {
    /// The goal. 目标
    id: Id<goal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 2,000 characters. 原因
    reason: String,
}

mutation_payload!(
    GoalCreatePayload,
    goal: Goal,
    "The draft; null when nothing was changed. 目标草稿"
);
mutation_payload!(
    GoalUpdatePayload,
    goal: Goal,
    "The goal; null when nothing was changed. 目标"
);
mutation_payload!(
    GoalActivatePayload,
    goal: Goal,
    "The goal; null when nothing was changed. 目标"
);
mutation_payload!(
    GoalCancelPayload,
    goal: Goal,
    "The goal; null when nothing was changed. 目标"
);

/// What a mutation has done, as the viewer may read it now.
async fn shown(ctx: &Context<'_>, done: Result<Uuid>) -> async_graphql::Result<Outcome<Goal>> {
    let (app, call) = (ctx.app(), ctx.call());
    let read = <goal::Entity as Scoped>::READ;
    let row = match done {
        Ok(id) => find::<goal::Entity>(app.db.reader(), &call.viewer, read, id).await,
        Err(error) => Err(error),
    };
    let outcome = Outcome::from_result(call, row)?;
    Ok(Outcome {
        value: outcome.value.flatten().map(Goal::from),
        user_errors: outcome.user_errors,
    })
}

/// The mutations of goals.
#[derive(Default)]
pub struct GoalMutation;

#[Object]
impl GoalMutation {
    /// Writes the draft of a goal for the company or a part of it within your reach. 设定目标
    async fn goal_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal.")] input: GoalCreateInput,
    ) -> async_graphql::Result<Option<GoalCreatePayload>> {
        let key = input.idempotency_key.clone();
        let done = match input.plain() {
            Ok(order) => actions::goal_create(ctx.app(), ctx.call(), &order, key.as_deref()).await,
            Err(error) => Err(error),
        };
        Ok(Some(shown(ctx, done).await?.into()))
    }

    /// Changes a draft, or with a reason a goal that is pursued. 修改目标
    async fn goal_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: GoalUpdateInput,
    ) -> async_graphql::Result<Option<GoalUpdatePayload>> {
        let done = match input.plain() {
            Ok(order) => actions::goal_update(ctx.app(), ctx.call(), order).await,
            Err(error) => Err(error),
        };
        Ok(Some(shown(ctx, done).await?.into()))
    }

    /// Begins to pursue a draft: from now on it is watched, and closed after its deadline. 启用目标
    async fn goal_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goal.")] input: GoalActivateInput,
    ) -> async_graphql::Result<Option<GoalActivatePayload>> {
        let step = GoalStep {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let done = actions::goal_activate(ctx.app(), ctx.call(), step).await;
        Ok(Some(shown(ctx, done).await?.into()))
    }

    /// Gives up a draft or a goal that is pursued. 取消目标
    async fn goal_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goal, and why.")] input: GoalCancelInput,
    ) -> async_graphql::Result<Option<GoalCancelPayload>> {
        let step = GoalStep {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let done = actions::goal_cancel(ctx.app(), ctx.call(), step, &input.reason).await;
        Ok(Some(shown(ctx, done).await?.into()))
    }
}
