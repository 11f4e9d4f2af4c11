//! The requests that a rater has got.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::AppraisalRaterState;
use entity::{appraisal_rater, member};

use super::enums::AppraisalRequestState;
use super::loaders::of_request;
use super::types::{FeedbackVisibility, lines};
use crate::appraisals::feedback::rules::visibility::visibility;
use crate::appraisals::rules::stages::{Deed, allows};
use crate::appraisals::templates::graphql::AppraisalFeedbackSource;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, Id};
use crate::organisation::graphql::Member;

/// A request for feedback that you have got; nobody else sees it like this. 收到的评价邀请
pub struct AppraisalFeedbackRequest(pub appraisal_rater::Model);

/// A request for feedback that you have got; nobody else sees it like this. 收到的评价邀请
#[Object]
impl AppraisalFeedbackRequest {
    /// Its id, `rater_...`. 标识
    async fn id(&self) -> Id<appraisal_rater::Entity> {
        Id::new(self.0.id)
    }

    /// What the member is called about whom you are asked. 被考核人姓名
    async fn member_name(&self, ctx: &Context<'_>) -> Result<String> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        Ok(about.member.name)
    }

    /// The member; null when out of your reach. 被考核人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        let row = ctx.row::<member::Entity>(about.member.id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// As what you are asked. 来源
    async fn source(&self) -> AppraisalFeedbackSource {
        self.0.source.into()
    }

    /// How far it is. Only you see that you have answered. 状态
    async fn state(&self) -> AppraisalRequestState {
        self.0.state.into()
    }

    /// What is asked: each question is rated 1 to 5. 题目
    async fn questions(&self, ctx: &Context<'_>) -> Result<Vec<AppraisalFeedbackQuestion>> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        let questions = about.form.questions.into_iter();
        Ok(questions
            .map(|one| AppraisalFeedbackQuestion {
                key: one.key,
                name: one.name,
                name_zh: one.name_zh,
            })
            .collect())
    }

    /// The name of the cycle, in English. 考核周期（英文）
    async fn cycle_name(&self, ctx: &Context<'_>) -> Result<String> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        Ok(about.cycle.name)
    }

    /// The name of the cycle, in Chinese. 考核周期（中文）
    async fn cycle_name_zh(&self, ctx: &Context<'_>) -> Result<String> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        Ok(about.cycle.name_zh)
    }

    /// The last day for it. 截止日期
    async fn last_day(&self, ctx: &Context<'_>) -> Result<Date> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        Ok(about.cycle.review_until.into())
    }

    /// Can you answer now? 是否可以评价
    async fn open(&self, ctx: &Context<'_>) -> Result<bool> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        let asked = self.0.state == AppraisalRaterState::Asked;
        Ok(asked && allows(about.cycle.stage, Deed::GiveFeedback))
    }

    /// Who will see what of your answers. 评价可见范围
    async fn visibility(&self, ctx: &Context<'_>) -> Result<Vec<FeedbackVisibility>> {
        let about = of_request(ctx, &self.0).await.on_field(ctx.call())?;
        let source = self.0.source;
        let seen = visibility(source, about.form.least(source));
        Ok(lines(ctx.call(), &seen))
    }
}

/// A question of the feedback. 360 度评价题目
#[derive(SimpleObject)]
pub struct AppraisalFeedbackQuestion {
    /// Its key, to name in the answer. 题目
    key: String,
    /// What is asked, in English. 题目（英文）
    name: String,
    /// What is asked, in Chinese. 题目（中文）
    name_zh: String,
}
