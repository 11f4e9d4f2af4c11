//! Proposing and approving raters; giving feedback.

use async_graphql::{Context, Object, Result};
use uuid::Uuid;

use super::inputs::{
    AppraisalFeedbackDeclineInput, AppraisalFeedbackGiveInput, AppraisalRatersDecideInput,
    AppraisalRatersProposeInput, AppraisalRatersSuggestInput,
};
use super::query::raters;
use super::request::AppraisalFeedbackRequest;
use super::types::{AppraisalRater, AppraisalRaterSuggestion};
use crate::appraisals::feedback::{actions, store};
use crate::error;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

mutation_payload!(AppraisalRatersProposePayload, raters: Vec<AppraisalRater>, "All raters of the appraisal; null when nothing was changed. 评价人名单");
mutation_payload!(AppraisalRatersDecidePayload, raters: Vec<AppraisalRater>, "All raters of the appraisal; null when nothing was changed. 评价人名单");
mutation_payload!(AppraisalRatersSuggestPayload, suggestion: AppraisalRaterSuggestion, "What came of it; null when nothing was changed. 推荐结果");
mutation_payload!(AppraisalFeedbackGivePayload, request: AppraisalFeedbackRequest, "Your request; null when nothing was changed. 评价邀请");
mutation_payload!(AppraisalFeedbackDeclinePayload, request: AppraisalFeedbackRequest, "Your request; null when nothing was changed. 评价邀请");

/// Decodes, calls, maps: what each mutation shows of what it left.
macro_rules! show {
    ($ctx:ident, $done:expr, |$id:ident| $read:expr) => {{
        let shown = match $done {
            Ok($id) => $read.await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result($ctx.call(), shown)?;
        let outcome = Outcome {
            value: outcome.value.flatten(),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

/// The viewer's own request as it is now.
async fn own(ctx: &Context<'_>, id: Uuid) -> error::Result<Option<AppraisalFeedbackRequest>> {
    let row = store::own_request(ctx.app().db.reader(), &ctx.call().viewer, id).await?;
    Ok(row.map(AppraisalFeedbackRequest))
}

/// The mutations about feedback.
#[derive(Default)]
pub struct FeedbackMutation;

/// The mutations about feedback.
#[Object]
impl FeedbackMutation {
    /// Proposes colleagues and superiors to ask about a member: the member does (`appraisal.write`), or the reviewer
    /// (`appraisal.review`). Nobody is asked more often in a cycle than the setting `appraisal.most_requests` allows. 提名评价人
    async fn appraisal_raters_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom. 评价人")] input: AppraisalRatersProposeInput,
    ) -> Result<Option<AppraisalRatersProposePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::raters_propose(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        show!(ctx, done, |id| raters(ctx, id))
    }

    /// Approves proposed raters, who are asked then, or declines them: the reviewer does (`appraisal.review`), or a holder of
    /// `appraisal.manage`; nobody about themselves. 审核评价人名单
    async fn appraisal_raters_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones, and how. 审核结论")] input: AppraisalRatersDecideInput,
    ) -> Result<Option<AppraisalRatersDecidePayload>> {
        let done = actions::raters_decide(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done, |id| raters(ctx, id))
    }

    /// Finds raters for all appraisals of a cycle that have too few: colleagues of the same team or the same tickets, those with the
    /// fewest requests first, and the reviewer as superior. Done again, it fills what is missing and nothing else. 自动推荐评价人
    async fn appraisal_raters_suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which cycle. 考核周期")] input: AppraisalRatersSuggestInput,
    ) -> Result<Option<AppraisalRatersSuggestPayload>> {
        let done = actions::raters_suggest(ctx.app(), ctx.call(), input.plain()).await;
        let outcome = Outcome::from_result(ctx.call(), done)?;
        let outcome = Outcome {
            value: outcome.value.map(AppraisalRaterSuggestion::from),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }

    /// Gives feedback that you are asked for, once. It is kept without your name and without a time, so that it can't be found again,
    /// changed or taken back; nothing is logged, and nobody else learns that you have answered. 填写 360 度评价
    async fn appraisal_feedback_give(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your answers. 评价内容")] input: AppraisalFeedbackGiveInput,
    ) -> Result<Option<AppraisalFeedbackGivePayload>> {
        let done = actions::feedback_give(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done, |id| own(ctx, id))
    }

    /// Declines to give feedback, with a reason, so that somebody else can be asked. 谢绝评价邀请
    async fn appraisal_feedback_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request, and why. 邀请及原因")]
        input: AppraisalFeedbackDeclineInput,
    ) -> Result<Option<AppraisalFeedbackDeclinePayload>> {
        let done = actions::feedback_decline(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done, |id| own(ctx, id))
    }
}
