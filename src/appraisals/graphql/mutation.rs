//! Planning, assessing, recording and disputing.

use async_graphql::{Context, Object, Result};
use entity::appraisal;

use super::inputs::{
    AppraisalDisputeDecideInput, AppraisalDisputeInput, AppraisalIncidentRecordInput,
    AppraisalIncidentWithdrawInput, AppraisalPlanAgreeInput, AppraisalPlanReviseInput,
    AppraisalPlanSetInput, AppraisalReviewInput, AppraisalSelfAssessInput,
};
use super::types::Appraisal;
use crate::access::{Scoped, find};
use crate::appraisals::actions::{assess, disputes, incidents, plan};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, appraisal: Appraisal, "The appraisal, if you may read it; null when nothing was changed. 考核");)*
    };
}

payloads!(
    AppraisalPlanSetPayload,
    AppraisalPlanRevisePayload,
    AppraisalPlanAgreePayload,
    AppraisalSelfAssessPayload,
    AppraisalReviewPayload,
    AppraisalIncidentRecordPayload,
    AppraisalIncidentWithdrawPayload,
    AppraisalDisputePayload,
    AppraisalDisputeDecidePayload
);

/// What a mutation has done, as the viewer may read it now.
macro_rules! show {
    ($ctx:ident, $done:expr) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <appraisal::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => find::<appraisal::Entity>(app.db.reader(), &call.viewer, read, id).await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map(Appraisal),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

/// The mutations about appraisals.
#[derive(Default)]
pub struct AppraisalMutation;

/// The mutations about appraisals.
#[Object]
impl AppraisalMutation {
    /// Writes your own work plan, as long as it isn't agreed. 制定工作计划
    async fn appraisal_plan_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The whole plan. 工作计划")] input: AppraisalPlanSetInput,
    ) -> Result<Option<AppraisalPlanSetPayload>> {
        let done = plan::plan_set(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done)
    }

    /// Revises the work plan of somebody whom you review, agreed or not. 修订工作计划
    async fn appraisal_plan_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The whole plan. 工作计划")] input: AppraisalPlanReviseInput,
    ) -> Result<Option<AppraisalPlanRevisePayload>> {
        let done = plan::plan_revise(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done)
    }

    /// Agrees to the work plan of somebody whom you review. 确认工作计划
    async fn appraisal_plan_agree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 考核")] input: AppraisalPlanAgreeInput,
    ) -> Result<Option<AppraisalPlanAgreePayload>> {
        let done = plan::plan_agree(ctx.app(), ctx.call(), input.plain()).await;
        show!(ctx, done)
    }

    /// Saves how you see yourself, and hands it in when that is all. 自评
    async fn appraisal_self_assess(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you say. 自评内容")] input: AppraisalSelfAssessInput,
    ) -> Result<Option<AppraisalSelfAssessPayload>> {
        let done = assess::self_assess(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done)
    }

    /// Saves how you see somebody whom you review, and hands it in when that is all; never yourself. 上级评价
    async fn appraisal_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you say. 评价内容")] input: AppraisalReviewInput,
    ) -> Result<Option<AppraisalReviewPayload>> {
        let done = assess::review(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done)
    }

    /// Records a critical behaviour of somebody whom you review, with its evidence. 登记关键行为
    async fn appraisal_incident_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What happened. 关键行为")] input: AppraisalIncidentRecordInput,
    ) -> Result<Option<AppraisalIncidentRecordPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let key = key.as_deref();
        let done = incidents::incident_record(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, done)
    }

    /// Takes a recorded behaviour back, with a reason. 撤回关键行为
    async fn appraisal_incident_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 记录及原因")] input: AppraisalIncidentWithdrawInput,
    ) -> Result<Option<AppraisalIncidentWithdrawPayload>> {
        let (step, reason) = (input.step(), &input.reason);
        let done = incidents::incident_withdraw(ctx.app(), ctx.call(), step, reason).await;
        show!(ctx, done)
    }

    /// Disputes a record behind a figure of your own; the figure waits for the decision. 提出数据异议
    async fn appraisal_dispute(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which record, and what is wrong. 记录及理由")]
        input: AppraisalDisputeInput,
    ) -> Result<Option<AppraisalDisputePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain().on_field(ctx.call())?;
        let done = disputes::dispute(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        show!(ctx, done)
    }

    /// Decides about a dispute; neither the member nor the reviewer does. 处理数据异议
    async fn appraisal_dispute_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and how. 异议及结论")] input: AppraisalDisputeDecideInput,
    ) -> Result<Option<AppraisalDisputeDecidePayload>> {
        let done = disputes::dispute_decide(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done)
    }
}
