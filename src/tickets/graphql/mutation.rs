//! Changing tickets: one mutation a business action.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use entity::enums::CommentVisibility;
use entity::{contact, customer, member, team, ticket, unit};

use super::enums::{Channel, TicketKind, TicketPriority, TicketStage, TicketState};
use super::types::{Ticket, TicketComment};
use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::actions;
use crate::tickets::collaboration::fields::graphql::TicketFieldInput;

/// What a new ticket needs. 新建工单
#[derive(InputObject)]
pub struct TicketCreateInput {
    /// What kind of request it is. 工单类型
    kind: TicketKind,
    /// The matter in one line, 1 to 200 characters. 主题
    subject: String,
    /// The matter in full, 1 to 10,000 characters. 描述
    description: String,
    /// How urgent it is. 优先级
    #[graphql(default_with = "TicketPriority::Normal")]
    priority: TicketPriority,
    /// How it came in; only staff can say (others: web or API). 渠道
    channel: Option<Channel>,
    /// The customer; a customer account needs not name itself. 客户
    customer_id: Option<Id<customer::Entity>>,
    /// The person to talk to, one of the customer's contacts. 联系人
    contact_id: Option<Id<contact::Entity>>,
    /// The unit it is about, one of the customer's. 设备
    unit_id: Option<Id<unit::Entity>>,
    /// Values of custom fields, at most 50; partner and customer fill public ones. 自定义字段
    #[graphql(default)]
    fields: Vec<TicketFieldInput>,
    /// Repeating the mutation with the same key within 24 hours gives the same ticket. 幂等键
    idempotency_key: Option<String>,
}

/// Who gets a ticket. 分派工单
#[derive(InputObject)]
pub struct TicketAssignInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The team; left as it is when absent. 团队
    team_id: Option<Id<team::Entity>>,
    /// The member; left as it is when absent, taken back into the queue when null. 处理人
    assignee_id: MaybeUndefined<Id<member::Entity>>,
}

/// To which stage a ticket goes. 推进阶段
#[derive(InputObject)]
pub struct TicketAdvanceInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The next stage, or an earlier one with a reason. 目标阶段
    to: TicketStage,
    /// Why; needed on the way back; for staff only. 原因
    reason: Option<String>,
}

/// For what a ticket waits. 挂起工单
#[derive(InputObject)]
pub struct TicketHoldInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// `PENDING_CUSTOMER`, `PENDING_PARTS` or `ON_HOLD`. 等待状态
    state: TicketState,
    /// Why; for staff only. 原因
    reason: Option<String>,
}

/// Which waiting ticket goes on. 恢复处理
#[derive(InputObject)]
pub struct TicketResumeInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

/// Which ticket is done. 关闭工单
#[derive(InputObject)]
pub struct TicketCloseInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// A remark for staff. 备注
    reason: Option<String>,
}

/// Which ticket, and why. 工单与原因
#[derive(InputObject)]
pub struct TicketReasonInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Why; for staff only. 原因
    reason: String,
}

/// What is written on which ticket. 填写内容
#[derive(InputObject)]
pub struct TicketTextInput {
    /// The ticket. 工单
    ticket_id: Id<ticket::Entity>,
    /// The text, 1 to 10,000 characters. 内容
    body: String,
    /// Does it give a preliminary solution? Only for public replies of staff; the clock until then stops. 是否为初步方案
    #[graphql(default)]
    solution: bool,
    /// Colleagues who are called to it, at most 20; only staff mention. They watch the ticket then. 提及的同事
    mentions: Option<Vec<Id<member::Entity>>>,
    /// Repeating the mutation with the same key within 24 hours gives the same comment. 幂等键
    idempotency_key: Option<String>,
}

mutation_payload!(TicketCreatePayload, ticket: Ticket, "The new ticket; null when it was refused. 新工单");
mutation_payload!(TicketAssignPayload, ticket: Ticket, "The assigned ticket; null when it was refused. 已分派的工单");
mutation_payload!(TicketAdvancePayload, ticket: Ticket, "The moved ticket; null when it was refused. 已推进的工单");
mutation_payload!(TicketHoldPayload, ticket: Ticket, "The waiting ticket; null when it was refused. 已挂起的工单");
mutation_payload!(TicketResumePayload, ticket: Ticket, "The resumed ticket; null when it was refused. 已恢复的工单");
mutation_payload!(TicketClosePayload, ticket: Ticket, "The closed ticket; null when it was refused. 已关闭的工单");
mutation_payload!(TicketCancelPayload, ticket: Ticket, "The cancelled ticket; null when it was refused. 已取消的工单");
mutation_payload!(TicketReopenPayload, ticket: Ticket, "The reopened ticket; null when it was refused. 已重开的工单");
mutation_payload!(TicketCommentAddPayload, comment: TicketComment, "The new reply; null when it was refused. 新回复");
mutation_payload!(TicketNoteAddPayload, comment: TicketComment, "The new note; null when it was refused. 新备注");

/// The mutations of tickets.
#[derive(Default)]
pub struct TicketMutation;

#[Object]
impl TicketMutation {
    /// Opens a ticket at the stage of intake. A member who opens it becomes its owner. 新建工单
    async fn ticket_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new ticket.")] input: TicketCreateInput,
    ) -> Result<Option<TicketCreatePayload>> {
        let create = actions::Create {
            kind: input.kind.into(),
            subject: input.subject,
            description: input.description,
            priority: input.priority.into(),
            channel: input.channel.map(Into::into),
            customer_id: input.customer_id.map(|id| id.uuid),
            contact_id: input.contact_id.map(|id| id.uuid),
            unit_id: input.unit_id.map(|id| id.uuid),
            fields: input.fields.into_iter().map(Into::into).collect(),
            idempotency_key: input.idempotency_key,
        };
        let done = actions::create(ctx.app(), ctx.call(), create)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Gives a ticket to a team, a member or both; the first assignee of a ticket without an owner becomes its owner. 分派工单
    async fn ticket_assign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gets it.")] input: TicketAssignInput,
    ) -> Result<Option<TicketAssignPayload>> {
        let assignee_id = match input.assignee_id {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(Some(id.uuid)),
        };
        let assign = actions::Assign {
            id: input.id.uuid,
            expected_version: input.expected_version,
            team_id: input.team_id.map(|id| id.uuid),
            assignee_id,
        };
        let done = actions::assign(ctx.app(), ctx.call(), assign)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Moves a ticket to the next stage, or back to an earlier one with a reason. Entering FEEDBACK resolves it. 推进阶段
    async fn ticket_advance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To which stage.")] input: TicketAdvanceInput,
    ) -> Result<Option<TicketAdvancePayload>> {
        let advance = actions::Advance {
            id: input.id.uuid,
            expected_version: input.expected_version,
            to: input.to.into(),
            reason: input.reason,
        };
        let done = actions::advance(ctx.app(), ctx.call(), advance)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Lets a ticket wait for the customer, for parts, or for something else. 挂起工单
    async fn ticket_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For what it waits.")] input: TicketHoldInput,
    ) -> Result<Option<TicketHoldPayload>> {
        let hold = actions::Hold {
            id: input.id.uuid,
            expected_version: input.expected_version,
            state: input.state.into(),
            reason: input.reason,
        };
        let done = actions::hold(ctx.app(), ctx.call(), hold).await.map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Goes on with a waiting ticket. 恢复处理
    async fn ticket_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketResumeInput,
    ) -> Result<Option<TicketResumePayload>> {
        let resume = actions::Resume {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let done = actions::resume(ctx.app(), ctx.call(), resume)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Closes a ticket in the stage FEEDBACK: done, and told to the customer. 关闭工单
    async fn ticket_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketCloseInput,
    ) -> Result<Option<TicketClosePayload>> {
        let finish = actions::Finish {
            id: input.id.uuid,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        let done = actions::close(ctx.app(), ctx.call(), finish)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Gives a ticket up, with a reason. 取消工单
    async fn ticket_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket, and why.")] input: TicketReasonInput,
    ) -> Result<Option<TicketCancelPayload>> {
        let done = actions::cancel(ctx.app(), ctx.call(), input.into())
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Takes an ended ticket up again, at the stage of analysis. 重开工单
    async fn ticket_reopen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket, and why.")] input: TicketReasonInput,
    ) -> Result<Option<TicketReopenPayload>> {
        let done = actions::reopen(ctx.app(), ctx.call(), input.into())
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Writes a public reply: customer and partner see it. 发表公开回复
    async fn ticket_comment_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is written.")] input: TicketTextInput,
    ) -> Result<Option<TicketCommentAddPayload>> {
        let done = actions::add_comment(
            ctx.app(),
            ctx.call(),
            input.into_comment(CommentVisibility::Public),
        )
        .await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(|(_, comment)| TicketComment(comment)))?
                .into(),
        ))
    }

    /// Writes an internal note: only staff with `ticket.note.read` see it. 填写内部备注
    async fn ticket_note_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is written.")] input: TicketTextInput,
    ) -> Result<Option<TicketNoteAddPayload>> {
        let done = actions::add_comment(
            ctx.app(),
            ctx.call(),
            input.into_comment(CommentVisibility::Internal),
        )
        .await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(|(_, comment)| TicketComment(comment)))?
                .into(),
        ))
    }
}

impl From<TicketReasonInput> for actions::Finish {
    fn from(input: TicketReasonInput) -> Self {
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
            reason: Some(input.reason),
        }
    }
}

impl TicketTextInput {
    fn into_comment(self, visibility: CommentVisibility) -> actions::AddComment {
        actions::AddComment {
            ticket_id: self.ticket_id.uuid,
            body: self.body,
            visibility,
            solution: self.solution,
            mentions: self
                .mentions
                .unwrap_or_default()
                .into_iter()
                .map(|id| id.uuid)
                .collect(),
            idempotency_key: self.idempotency_key,
        }
    }
}
