//! Surveys, answers and follow-ups in the schema.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{member, survey, survey_answer, survey_follow_up, ticket};
use uuid::Uuid;

use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::kinds::Locale;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::tickets::graphql::Ticket;
use crate::tickets::surveys::actions::Invitation;
use crate::tickets::surveys::store::{self, SurveysAnswer, SurveysFollowUp, TicketsSurveys};
use crate::tickets::surveys::{link, rules};

/// What has become of a survey. 问卷状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::SurveyState")]
pub enum SurveyState {
    /// Waits for the answer. 待填写
    Open,
    /// Answered. 已填写
    Answered,
    /// The time to answer is over. 已过期
    Expired,
    /// Taken back, as the ticket was taken up again. 已撤回
    Withdrawn,
}

/// What has become of a follow-up. 回访状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::FollowUpState")]
pub enum FollowUpState {
    /// To be done. 待处理
    Open,
    /// Done. 已完成
    Done,
}

/// A question to the customer how it was. 满意度调查
pub struct Survey(pub survey::Model);

/// The latest survey of a ticket.
///
/// # Errors
/// When the database fails.
pub async fn of_ticket(ctx: &Context<'_>, ticket: Uuid) -> Result<Option<Survey>> {
    let rows = rows_of::<TicketsSurveys>(ctx, ticket).await;
    Ok(rows.on_field(ctx.call())?.into_iter().next().map(Survey))
}

async fn ticket(ctx: &Context<'_>, id: Uuid) -> Result<Option<Ticket>> {
    let row = ctx.row::<ticket::Entity>(id).await;
    Ok(row.on_field(ctx.call())?.map(Ticket))
}

/// A question to the customer how it was. 满意度调查
#[Object]
impl Survey {
    /// Its id, `survey_...`. 标识
    async fn id(&self) -> Id<survey::Entity> {
        Id::new(self.0.id)
    }

    /// The ticket. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        ticket(ctx, self.0.ticket_id).await
    }

    /// Of which resolution: 0 for the first, counted up by each reopening. 第几轮
    async fn round(&self) -> i32 {
        self.0.round
    }

    /// What has become of it. 状态
    async fn state(&self, ctx: &Context<'_>) -> SurveyState {
        rules::state(self.0.state, self.0.expires_at, ctx.call().at).into()
    }

    /// When it was sent. 发送时间
    async fn sent_at(&self) -> DateTime {
        self.0.sent_at.into()
    }

    /// Until when it can be answered. 有效期至
    async fn expires_at(&self) -> DateTime {
        self.0.expires_at.into()
    }

    /// What the customer said; null until then. 评价
    async fn answer(&self, ctx: &Context<'_>) -> Result<Option<SurveyResponse>> {
        let rows = rows_of::<SurveysAnswer>(ctx, self.0.id).await;
        Ok(rows
            .on_field(ctx.call())?
            .into_iter()
            .next()
            .map(SurveyResponse::from))
    }

    /// What is done about a low rating; null when there was none. 差评回访
    async fn follow_up(&self, ctx: &Context<'_>) -> Result<Option<SurveyFollowUp>> {
        let rows = rows_of::<SurveysFollowUp>(ctx, self.0.id).await;
        Ok(rows
            .on_field(ctx.call())?
            .into_iter()
            .next()
            .map(SurveyFollowUp))
    }

    /// Where it can be answered, without signing in. Only for accounts of the customer itself, and only while it is open;
    /// null for everybody else: nobody answers for a customer. 填写链接
    async fn link(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = ctx.call();
        let own = call.viewer.standing.customer_id == Some(self.0.customer_id);
        let state = rules::state(self.0.state, self.0.expires_at, call.at);
        if !own || rules::check_open(state).is_err() {
            return Ok(None);
        }
        Ok(Some(
            link(ctx.app(), &self.0, call.at).await.on_field(call)?,
        ))
    }
}

/// What the customer said. 满意度评价
#[derive(SimpleObject)]
pub struct SurveyResponse {
    /// The whole, 1 (bad) to 5 (good). 总体评分
    rating: i32,
    /// How quick it was, 1 to 5. 响应速度
    response: Option<i32>,
    /// How friendly it was, 1 to 5. 服务态度
    attitude: Option<i32>,
    /// How good the solution was, 1 to 5. 解决效果
    solution: Option<i32>,
    /// In the customer's words. 评语
    comment: Option<String>,
    /// When. 评价时间
    answered_at: DateTime,
}

impl From<survey_answer::Model> for SurveyResponse {
    fn from(row: survey_answer::Model) -> Self {
        Self {
            rating: row.rating,
            response: row.response,
            attitude: row.attitude,
            solution: row.solution,
            comment: row.comment,
            answered_at: row.answered_at.into(),
        }
    }
}

/// What is done about a low rating. 差评回访
pub struct SurveyFollowUp(pub survey_follow_up::Model);

/// What is done about a low rating. 差评回访
#[Object]
impl SurveyFollowUp {
    /// Its id, `followup_...`. 标识
    async fn id(&self) -> Id<survey_follow_up::Entity> {
        Id::new(self.0.id)
    }

    /// The survey with the rating. 问卷
    async fn survey(&self, ctx: &Context<'_>) -> Result<Option<Survey>> {
        let row = ctx.row::<survey::Entity>(self.0.survey_id).await;
        Ok(row.on_field(ctx.call())?.map(Survey))
    }

    /// The ticket. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        ticket(ctx, self.0.ticket_id).await
    }

    /// Who does it: the lead of the ticket's owner, or the owner where nobody leads. 负责人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Whether it is done. 状态
    async fn state(&self) -> FollowUpState {
        self.0.state.into()
    }

    /// Until when. 截止时间
    async fn due_at(&self) -> DateTime {
        self.0.due_at.into()
    }

    /// Is it late: still to be done after its time, or done after it? 是否超时
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        self.0.closed_at.unwrap_or(ctx.call().at) > self.0.due_at
    }

    /// What came of it. 回访结果
    async fn result(&self) -> Option<&str> {
        self.0.result.as_deref()
    }

    /// When it was done. 完成时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A survey as its link shows it: what is needed to answer, and no more. 问卷邀请
#[derive(SimpleObject)]
pub struct SurveyInvitation {
    /// The number of the ticket. 工单编号
    ticket_number: i64,
    /// What it was about. 主题
    subject: String,
    /// The product that it was about. 产品
    product: Option<String>,
    /// The customer's language. 客户语言
    locale: Locale,
    /// Can it be answered? 状态
    state: SurveyState,
    /// Until when. 有效期至
    expires_at: DateTime,
}

impl SurveyInvitation {
    /// An invitation in a reader's language.
    #[must_use]
    pub fn of(invitation: Invitation, locale: entity::enums::Locale) -> Self {
        let product = invitation.product.map(|(en, zh)| match locale {
            entity::enums::Locale::En => en,
            entity::enums::Locale::Zh => zh,
        });
        Self {
            ticket_number: invitation.ticket_number,
            subject: invitation.subject,
            product,
            locale: invitation.locale.into(),
            state: invitation.state.into(),
            expires_at: invitation.expires_at.into(),
        }
    }
}

/// How satisfied customers are. 满意度统计
#[derive(SimpleObject)]
pub struct Satisfaction {
    /// Surveys sent and not withdrawn. 发送数
    sent: i64,
    /// Those that were answered. 填写数
    answered: i64,
    /// `answered / sent`; null when none was sent. 填写率
    response_rate: Option<f64>,
    /// The average rating, 1 to 5; of a member each rating counts by the member's share of the ticket. Null without any. 平均评分
    average: Option<f64>,
    /// Which part of the ratings, so weighted, is 4 or 5; null without any. 满意率
    satisfied: Option<f64>,
}

impl From<store::Satisfaction> for Satisfaction {
    fn from(of: store::Satisfaction) -> Self {
        Self {
            sent: of.sent,
            answered: of.rated.answers,
            response_rate: of.response_rate(),
            average: of.rated.average(),
            satisfied: of.rated.satisfied(),
        }
    }
}
