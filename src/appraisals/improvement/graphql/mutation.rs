//! Writing, revising and ending plans for improvement.

use async_graphql::{Context, Object, Result};
use entity::improvement_plan;

use super::inputs::{
    ImprovementPlanEndInput, ImprovementPlanReviseInput, ImprovementPlanWriteInput,
};
use super::types::ImprovementPlan;
use crate::access::{Scoped, find};
use crate::appraisals::improvement::actions;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

mutation_payload!(ImprovementPlanWritePayload, plan: ImprovementPlan, "The plan; null when nothing was changed. 改进计划");
mutation_payload!(ImprovementPlanRevisePayload, plan: ImprovementPlan, "The plan; null when nothing was changed. 改进计划");
mutation_payload!(ImprovementPlanEndPayload, plan: ImprovementPlan, "The plan; null when nothing was changed. 改进计划");

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <improvement_plan::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => {
                find::<improvement_plan::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map(ImprovementPlan),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

/// The mutations of plans for improvement.
#[derive(Default)]
pub struct ImprovementMutation;

/// The mutations of plans for improvement.
#[Object]
impl ImprovementMutation {
    /// Writes a plan of a team, a department or a region about the results of a cycle that are out: of a group that you lead
    /// (`appraisal.review`), or of any with `appraisal.calibrate`. 制定改进计划
    async fn improvement_plan_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and what is done. 群体及内容")] input: ImprovementPlanWriteInput,
    ) -> Result<Option<ImprovementPlanWritePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::plan_write(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done)
    }

    /// Revises a plan that runs: whoever may write it, or its owner. 修订改进计划
    async fn improvement_plan_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and all that it says from now on. 标识及新内容")]
        input: ImprovementPlanReviseInput,
    ) -> Result<Option<ImprovementPlanRevisePayload>> {
        let done = actions::plan_revise(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done)
    }

    /// Ends a plan with what came of it: whoever may write it, or its owner. 结束改进计划
    async fn improvement_plan_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and its result. 标识及结果")] input: ImprovementPlanEndInput,
    ) -> Result<Option<ImprovementPlanEndPayload>> {
        let done = actions::plan_end(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done)
    }
}
