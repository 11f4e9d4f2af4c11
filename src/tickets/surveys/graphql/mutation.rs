//! Answering, and following up.

use async_graphql::{Context, InputObject, Object, Result};
use entity::survey_follow_up;

use super::types::{SurveyFollowUp, SurveyInvitation};
use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::surveys::actions;
use crate::tickets::surveys::rules::Given;

/// What the customer says. 填写评价
#[derive(InputObject)]
pub struct SurveyAnswerInput {
    /// The pass in the link. 链接凭证
    #[graphql(secret)]
    token: String,
    /// The whole, 1 (bad) to 5 (good). 总体评分
    rating: i32,
    /// How quick it was, 1 to 5. 响应速度
    response: Option<i32>,
    /// How friendly it was, 1 to 5. 服务态度
    attitude: Option<i32>,
    /// How good the solution was, 1 to 5. 解决效果
    solution: Option<i32>,
    /// In one's own words, at most 2,000 characters. 评语
    comment: Option<String>,
}

/// Which follow-up is done. 完成回访
#[derive(InputObject)]
pub struct SurveyFollowUpCloseInput {
    /// The follow-up. 回访
    id: Id<survey_follow_up::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// What came of it, 1 to 10,000 characters. 回访结果
    result: String,
}

mutation_payload!(SurveyAnswerPayload, survey: SurveyInvitation, "The answered survey; null when it was refused. 已填写的问卷");
mutation_payload!(SurveyFollowUpClosePayload, follow_up: SurveyFollowUp, "The follow-up; null when it was refused. 回访");

/// The mutations of surveys.
#[derive(Default)]
pub struct SurveyMutation;

#[Object]
impl SurveyMutation {
    /// Answers the survey behind a link, once; no sign-in is needed. 填写满意度评价
    async fn survey_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: SurveyAnswerInput,
    ) -> Result<Option<SurveyAnswerPayload>> {
        let call = ctx.call();
        let given = Given {
            rating: input.rating,
            response: input.response,
            attitude: input.attitude,
            solution: input.solution,
            comment: input.comment,
        };
        let done = actions::answer(ctx.app(), call, &input.token, given).await;
        let shown = done.map(|invitation| SurveyInvitation::of(invitation, call.locale));
        Ok(Some(Outcome::from_result(call, shown)?.into()))
    }

    /// Writes down what came of following up a low rating. The owner of the rated ticket can't do that. 完成差评回访
    async fn survey_follow_up_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What came of it.")] input: SurveyFollowUpCloseInput,
    ) -> Result<Option<SurveyFollowUpClosePayload>> {
        let close = actions::FollowUpClose {
            id: input.id.uuid,
            expected_version: input.expected_version,
            result: input.result,
        };
        let done = actions::follow_up_close(ctx.app(), ctx.call(), close).await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(SurveyFollowUp))?.into(),
        ))
    }
}
