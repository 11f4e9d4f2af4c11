//! Responsibility, handovers and shares in the schema.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{member, ticket, ticket_credit, ticket_handover};
use uuid::Uuid;

use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::tickets::graphql::Ticket;
use crate::tickets::responsibility::actions;
use crate::tickets::responsibility::store::{TicketsCredits, TicketsHandovers};

/// What has become of an offer to hand over a ticket. 移交状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::HandoverState")]
pub enum HandoverState {
    /// Waits for an answer. 待接收
    Offered,
    /// Taken on: the ownership has changed. 已接收
    Accepted,
    /// Refused: the owner stays. 已拒绝
    Declined,
    /// Taken back, or void because the ticket ended or got another owner. 已撤回
    Withdrawn,
}

/// As what somebody is credited with a ticket. 计分角色
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::CreditRole")]
pub enum CreditRole {
    /// Answered for it. 首问责任人
    Owner,
    /// Worked on it. 协办人
    Contributor,
}

/// Where a share comes from. 份额来源
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::CreditSource")]
pub enum CreditSource {
    /// The rule of shares. 按规则
    Rule,
    /// A person set it, with a reason. 人工调整
    Manual,
}

async fn member(ctx: &Context<'_>, id: Uuid) -> Result<Option<Member>> {
    let row = ctx.row::<member::Entity>(id).await;
    Ok(row.on_field(ctx.call())?.map(Member))
}

/// Who answers for a ticket, and who is credited with it. 首问责任
pub struct TicketResponsibility {
    ticket: Uuid,
    owner: Option<Uuid>,
}

impl TicketResponsibility {
    /// That of a ticket.
    #[must_use]
    pub fn of(ticket: &ticket::Model) -> Self {
        Self {
            ticket: ticket.id,
            owner: ticket.owner_id,
        }
    }
}

/// Who answers for a ticket, and who is credited with it. 首问责任
#[Object]
impl TicketResponsibility {
    /// The member who answers for the ticket to the end; null while there is none. 首问责任人
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        match self.owner {
            Some(id) => member(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Every offer to hand it over, the latest first. 移交记录
    async fn handovers(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketHandover>>> {
        let rows = rows_of::<TicketsHandovers>(ctx, self.ticket).await;
        Ok(Some(
            rows.on_field(ctx.call())?
                .into_iter()
                .map(TicketHandover)
                .collect(),
        ))
    }

    /// The offer that waits for an answer; null when there is none. 待答复的移交
    async fn open_handover(&self, ctx: &Context<'_>) -> Result<Option<TicketHandover>> {
        let rows = rows_of::<TicketsHandovers>(ctx, self.ticket).await;
        Ok(rows
            .on_field(ctx.call())?
            .into_iter()
            .find(|row| row.state == entity::enums::HandoverState::Offered)
            .map(TicketHandover))
    }

    /// Who is credited with it, of the latest resolution first; empty until it is resolved. 计分份额
    async fn credits(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Also sets that were replaced by others since.",
            default = false
        )]
        replaced: bool,
    ) -> Result<Option<Vec<TicketCredit>>> {
        let rows = rows_of::<TicketsCredits>(ctx, self.ticket).await;
        Ok(Some(
            rows.on_field(ctx.call())?
                .into_iter()
                .filter(|row| replaced || row.replaced_at.is_none())
                .map(TicketCredit)
                .collect(),
        ))
    }
}

/// An offer to hand over the ownership of a ticket. 责任移交
pub struct TicketHandover(pub ticket_handover::Model);

/// An offer to hand over the ownership of a ticket. 责任移交
#[Object]
impl TicketHandover {
    /// Its id, `handover_...`. 标识
    async fn id(&self) -> Id<ticket_handover::Entity> {
        Id::new(self.0.id)
    }

    /// The ticket; null when it is out of your reach. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        let row = ctx.row::<ticket::Entity>(self.0.ticket_id).await;
        Ok(row.on_field(ctx.call())?.map(Ticket))
    }

    /// The owner at that time. 原责任人
    async fn from(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        match self.0.from_member_id {
            Some(id) => member(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Who should become the owner. 接收人
    async fn to(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        member(ctx, self.0.to_member_id).await
    }

    /// What has become of it. 状态
    async fn state(&self) -> HandoverState {
        self.0.state.into()
    }

    /// Why it was offered. 移交原因
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What was answered. 答复
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// When it was offered. 发起时间
    async fn offered_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was answered, withdrawn or became void. 答复时间
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in an answer. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Somebody's part of a ticket. 计分份额
pub struct TicketCredit(pub ticket_credit::Model);

/// Somebody's part of a ticket. 计分份额
#[Object]
impl TicketCredit {
    /// Its id, `credit_...`. 标识
    async fn id(&self) -> Id<ticket_credit::Entity> {
        Id::new(self.0.id)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        member(ctx, self.0.member_id).await
    }

    /// As what. 计分角色
    async fn role(&self) -> CreditRole {
        self.0.role.into()
    }

    /// In hundredths of a percent; the shares of one set are 10,000 together. 份额（万分之一）
    async fn share(&self) -> i32 {
        self.0.share
    }

    /// Of which resolution: 0 for the first, counted up by each reopening. 第几轮
    async fn round(&self) -> i32 {
        self.0.round
    }

    /// By the rule, or set by a person. 来源
    async fn source(&self) -> CreditSource {
        self.0.source.into()
    }

    /// Why it was set. 调整原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When it was recorded. 记录时间
    async fn recorded_at(&self) -> DateTime {
        self.0.recorded_at.into()
    }

    /// When another set took its place; null while it holds. 被替换时间
    async fn replaced_at(&self) -> Option<DateTime> {
        self.0.replaced_at.map(Into::into)
    }
}

/// What a member is credited with over a time, by the recorded shares: only of tickets that you may see. 成员计分
#[derive(SimpleObject)]
pub struct MemberCredits {
    /// Resolutions that the member has a share of. 参与解决的工单数
    tickets: i64,
    /// The member's shares together, as a number of tickets: two halves are 1. 折合工单数
    share: f64,
    /// Ratings of these tickets that came in during the time. 评价数
    rated: i64,
    /// The average rating, 1 to 5, each weighted by the member's share; null without any. 加权平均评分
    rating: Option<f64>,
    /// Which part of the ratings, so weighted, is 4 or 5; null without any. 满意率
    satisfied: Option<f64>,
}

impl From<actions::MemberCredits> for MemberCredits {
    fn from(of: actions::MemberCredits) -> Self {
        Self {
            tickets: of.credited.tickets,
            share: hundredths(of.credited.shares),
            rated: of.rated.answers,
            rating: of.rated.average(),
            satisfied: of.rated.satisfied(),
        }
    }
}

/// Hundredths of a percent as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "nobody has as many tickets as a float has digits"
)]
fn hundredths(shares: i64) -> f64 {
    shares as f64 / 10_000.0
}
