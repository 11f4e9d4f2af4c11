//! Handing over, and setting shares.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{member, ticket, ticket_handover};

use super::types::TicketHandover;
use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::graphql::Ticket;
use crate::tickets::responsibility::actions::{self, GiveAnswer};
use crate::tickets::responsibility::rules::credit::Wanted;

/// Which ticket is offered to whom. 发起移交
#[derive(InputObject)]
pub struct TicketHandoverOfferInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Who should own it. 接收人
    to_member_id: Id<member::Entity>,
    /// Why; for staff only. 移交原因
    reason: String,
}

/// Which offer is taken on. 接收移交
#[derive(InputObject)]
pub struct TicketHandoverAcceptInput {
    /// The offer. 移交
    handover_id: Id<ticket_handover::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// A few words. 答复
    answer: Option<String>,
}

/// Which offer is refused, and why. 拒绝移交
#[derive(InputObject)]
pub struct TicketHandoverDeclineInput {
    /// The offer. 移交
    handover_id: Id<ticket_handover::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Why. 拒绝原因
    answer: String,
}

/// Which offer is taken back. 撤回移交
#[derive(InputObject)]
pub struct TicketHandoverWithdrawInput {
    /// The offer. 移交
    handover_id: Id<ticket_handover::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Why. 撤回原因
    answer: Option<String>,
}

/// Somebody's share. 份额
#[derive(InputObject)]
pub struct TicketShareInput {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// How much, 1 to 100 percent. 百分比
    percent: i32,
}

/// The new shares of a ticket. 调整计分份额
#[derive(InputObject)]
pub struct TicketCreditSetInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Who gets how much; 100 percent together. 份额
    shares: Vec<TicketShareInput>,
    /// Why; for staff only. 调整原因
    reason: String,
}

mutation_payload!(TicketHandoverOfferPayload, handover: TicketHandover, "The offer; null when it was refused. 移交");
mutation_payload!(TicketHandoverAcceptPayload, handover: TicketHandover, "The accepted offer; null when it was refused. 已接收的移交");
mutation_payload!(TicketHandoverDeclinePayload, handover: TicketHandover, "The declined offer; null when that was refused. 已拒绝的移交");
mutation_payload!(TicketHandoverWithdrawPayload, handover: TicketHandover, "The withdrawn offer; null when that was refused. 已撤回的移交");
mutation_payload!(TicketCreditSetPayload, ticket: Ticket, "The ticket; null when it was refused. 工单");

/// The mutations of responsibility.
#[derive(Default)]
pub struct ResponsibilityMutation;

#[Object]
impl ResponsibilityMutation {
    /// Offers the ownership of a ticket to a colleague. By its owner, or by whoever may assign the tickets of its team. The
    /// colleague sees the ticket while the offer is open. 发起责任移交
    async fn ticket_handover_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is offered to whom.")] input: TicketHandoverOfferInput,
    ) -> Result<Option<TicketHandoverOfferPayload>> {
        let offer = actions::Offer {
            id: input.id.uuid,
            expected_version: input.expected_version,
            to_member_id: input.to_member_id.uuid,
            reason: input.reason,
        };
        let done = actions::offer(ctx.app(), ctx.call(), offer).await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(TicketHandover))?.into(),
        ))
    }

    /// Takes on a ticket that was offered to you: you answer for it from now on. 接收责任移交
    async fn ticket_handover_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: TicketHandoverAcceptInput,
    ) -> Result<Option<TicketHandoverAcceptPayload>> {
        let answer = GiveAnswer {
            handover_id: input.handover_id.uuid,
            expected_version: input.expected_version,
            answer: input.answer,
        };
        let done = actions::accept(ctx.app(), ctx.call(), answer).await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(TicketHandover))?.into(),
        ))
    }

    /// Refuses a ticket that was offered to you; its owner stays. 拒绝责任移交
    async fn ticket_handover_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer, and why.")] input: TicketHandoverDeclineInput,
    ) -> Result<Option<TicketHandoverDeclinePayload>> {
        let answer = GiveAnswer {
            handover_id: input.handover_id.uuid,
            expected_version: input.expected_version,
            answer: Some(input.answer),
        };
        let done = actions::decline(ctx.app(), ctx.call(), answer).await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(TicketHandover))?.into(),
        ))
    }

    /// Takes an offer back that you made, or that was made for a ticket you own. 撤回责任移交
    async fn ticket_handover_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which offer.")] input: TicketHandoverWithdrawInput,
    ) -> Result<Option<TicketHandoverWithdrawPayload>> {
        let answer = GiveAnswer {
            handover_id: input.handover_id.uuid,
            expected_version: input.expected_version,
            answer: input.answer,
        };
        let done = actions::withdraw(ctx.app(), ctx.call(), answer).await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(TicketHandover))?.into(),
        ))
    }

    /// Sets by which shares a resolved ticket is credited, in place of those of its latest resolution, which are kept. Nobody
    /// raises their own share. 调整计分份额
    async fn ticket_credit_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new shares.")] input: TicketCreditSetInput,
    ) -> Result<Option<TicketCreditSetPayload>> {
        let shares = input.shares.iter().map(|share| Wanted {
            member: share.member_id.uuid,
            percent: share.percent,
        });
        let wanted = actions::CreditSet {
            id: input.id.uuid,
            expected_version: input.expected_version,
            shares: shares.collect(),
            reason: input.reason,
        };
        let done = actions::credit_set(ctx.app(), ctx.call(), wanted).await;
        Ok(Some(
            Outcome::from_result(ctx.call(), done.map(Ticket))?.into(),
        ))
    }
}
