//! Running cycles.

use async_graphql::{Context, MergedObject, Object, Result};
use entity::appraisal_cycle;

use super::inputs::{
    AppraisalCycleCancelInput, AppraisalCycleCloseInput, AppraisalCycleCountInput,
    AppraisalCycleCreateInput, AppraisalCycleOpenInput, AppraisalCyclePublishInput,
    AppraisalCycleReopenInput, AppraisalCycleRescheduleInput, AppraisalCycleReviewInput,
    AppraisalCycleReviseInput, AppraisalRecountInput, AppraisalReviewerSetInput,
};
use super::types::AppraisalCycle;
use crate::access::{Scoped, find};
use crate::appraisals::cycles::actions;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

/// The mutations about appraisal cycles.
#[derive(MergedObject, Default)]
pub struct AppraisalCycleMutation(CyclePrepareMutation, CycleStepMutation);

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, cycle: AppraisalCycle, "The cycle; null when nothing was changed. 考核周期");)*
    };
}

payloads!(
    AppraisalCycleCreatePayload,
    AppraisalCycleRevisePayload,
    AppraisalCycleReschedulePayload,
    AppraisalCycleOpenPayload,
    AppraisalCycleReviewPayload,
    AppraisalCycleCountPayload,
    AppraisalCyclePublishPayload,
    AppraisalCycleClosePayload,
    AppraisalCycleReopenPayload,
    AppraisalCycleCancelPayload,
    AppraisalReviewerSetPayload,
    AppraisalRecountPayload
);

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <appraisal_cycle::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => {
                find::<appraisal_cycle::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        Ok(Some(
            Outcome {
                value: outcome.value.flatten().map(AppraisalCycle),
                user_errors: outcome.user_errors,
            }
            .into(),
        ))
    }};
}

/// Preparing cycles: what they are about, until when, by whom.
#[derive(Default)]
pub struct CyclePrepareMutation;

/// Preparing cycles: what they are about, until when, by whom.
#[Object]
impl CyclePrepareMutation {
    /// Prepares a cycle as a draft. 新建考核周期
    async fn appraisal_cycle_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cycle. 考核周期")] input: AppraisalCycleCreateInput,
    ) -> Result<Option<AppraisalCycleCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        shown!(
            ctx,
            actions::cycle_create(ctx.app(), ctx.call(), &order, key.as_deref()).await
        )
    }

    /// Changes a draft as a whole. 修改考核周期草稿
    async fn appraisal_cycle_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be. 内容")] input: AppraisalCycleReviseInput,
    ) -> Result<Option<AppraisalCycleRevisePayload>> {
        shown!(
            ctx,
            actions::cycle_revise(ctx.app(), ctx.call(), &input.plain()).await
        )
    }

    /// Moves the last days of a cycle that goes on. 调整考核日程
    async fn appraisal_cycle_reschedule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The days, and why. 日程及原因")] input: AppraisalCycleRescheduleInput,
    ) -> Result<Option<AppraisalCycleReschedulePayload>> {
        shown!(
            ctx,
            actions::cycle_reschedule(ctx.app(), ctx.call(), &input.plain()).await
        )
    }

    /// Names another reviewer until the reviews end; nobody chooses their own. 更换评价人
    async fn appraisal_reviewer_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who judges. 评价人")] input: AppraisalReviewerSetInput,
    ) -> Result<Option<AppraisalReviewerSetPayload>> {
        shown!(
            ctx,
            actions::reviewer_set(ctx.app(), ctx.call(), &input.plain()).await
        )
    }
}

/// Taking cycles from stage to stage.
#[derive(Default)]
pub struct CycleStepMutation;

/// Taking cycles from stage to stage.
#[Object]
impl CycleStepMutation {
    /// Opens a cycle: who takes part is fixed, and self-assessments begin. 启动考核
    async fn appraisal_cycle_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft. 考核周期")] input: AppraisalCycleOpenInput,
    ) -> Result<Option<AppraisalCycleOpenPayload>> {
        shown!(
            ctx,
            actions::cycle_open(ctx.app(), ctx.call(), input.into()).await
        )
    }

    /// Ends the self-assessments of a cycle and begins its reviews. 进入评价阶段
    async fn appraisal_cycle_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] input: AppraisalCycleReviewInput,
    ) -> Result<Option<AppraisalCycleReviewPayload>> {
        shown!(
            ctx,
            actions::cycle_review(ctx.app(), ctx.call(), input.into()).await
        )
    }

    /// Ends the reviews of a cycle: the server freezes the figures and computes the results; `progress` tells how far it is. 结算
    async fn appraisal_cycle_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] input: AppraisalCycleCountInput,
    ) -> Result<Option<AppraisalCycleCountPayload>> {
        shown!(
            ctx,
            actions::cycle_count(ctx.app(), ctx.call(), input.into()).await
        )
    }

    /// Lets members see their results. Refused while one is missing or waits for something, or a band has more than its share. 公布结果
    async fn appraisal_cycle_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] input: AppraisalCyclePublishInput,
    ) -> Result<Option<AppraisalCyclePublishPayload>> {
        shown!(
            ctx,
            actions::cycle_publish(ctx.app(), ctx.call(), input.into()).await
        )
    }

    /// Ends a cycle, once members can't appeal any more and every appeal is decided. 结束考核
    async fn appraisal_cycle_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] input: AppraisalCycleCloseInput,
    ) -> Result<Option<AppraisalCycleClosePayload>> {
        shown!(
            ctx,
            actions::cycle_close(ctx.app(), ctx.call(), input.into()).await
        )
    }

    /// Takes a published or closed cycle back to calibration. 重开考核
    async fn appraisal_cycle_reopen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle, and why. 考核周期及原因")] input: AppraisalCycleReopenInput,
    ) -> Result<Option<AppraisalCycleReopenPayload>> {
        let step = input.step();
        shown!(
            ctx,
            actions::cycle_reopen(ctx.app(), ctx.call(), step, &input.reason).await
        )
    }

    /// Calls a cycle off before its results are computed. 取消考核
    async fn appraisal_cycle_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle, and why. 考核周期及原因")] input: AppraisalCycleCancelInput,
    ) -> Result<Option<AppraisalCycleCancelPayload>> {
        let step = input.step();
        shown!(
            ctx,
            actions::cycle_cancel(ctx.app(), ctx.call(), step, &input.reason).await
        )
    }

    /// Computes one result anew in calibration, from the frozen figures and what is judged now, after something was put right. When
    /// a dispute about a record was upheld, its figures can be frozen anew (`figuresAnew`). 重新计算结果
    async fn appraisal_recount(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which appraisal, and what was put right. 考核及更正说明")]
        input: AppraisalRecountInput,
    ) -> Result<Option<AppraisalRecountPayload>> {
        shown!(
            ctx,
            actions::recount(ctx.app(), ctx.call(), &input.plain()).await
        )
    }
}
