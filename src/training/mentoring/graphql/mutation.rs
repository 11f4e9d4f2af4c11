//! Forming, working in and ending pairs.

use async_graphql::{Context, Object, Result};
use entity::mentoring;

use super::inputs::{
    MentoringCheckInAddInput, MentoringEndInput, MentoringGoalAddInput, MentoringGoalReachInput,
    MentoringStartInput, MentoringTicketLinkInput, MentoringTicketUnlinkInput,
    MentoringUpdateInput,
};
use super::types::Mentoring;
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::graphql::shown;
use crate::training::mentoring::actions;

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, mentoring: Mentoring, "The pair; null when nothing was changed. 结对");)*
    };
}

payloads!(
    MentoringStartPayload,
    MentoringUpdatePayload,
    MentoringGoalAddPayload,
    MentoringGoalReachPayload,
    MentoringTicketLinkPayload,
    MentoringTicketUnlinkPayload,
    MentoringCheckInAddPayload,
    MentoringEndPayload
);

/// The mutations about mentoring.
#[derive(Default)]
pub struct MentoringMutation;

/// The mutations about mentoring.
#[Object]
impl MentoringMutation {
    /// Forms a pair with its plan. 师徒结对
    async fn mentoring_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pair. 结对")] input: MentoringStartInput,
    ) -> Result<Option<MentoringStartPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::pair_start(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, mentoring as Mentoring)
    }

    /// Changes the measure or the planned end of a pair. 修改结对
    async fn mentoring_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes. 修改内容")] input: MentoringUpdateInput,
    ) -> Result<Option<MentoringUpdatePayload>> {
        let done = actions::pair_update(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, mentoring as Mentoring)
    }

    /// Adds a goal to the plan. 新增带教目标
    async fn mentoring_goal_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal. 目标")] input: MentoringGoalAddInput,
    ) -> Result<Option<MentoringGoalAddPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::goal_add(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, mentoring as Mentoring)
    }

    /// Notes that a goal was reached, or takes that back; never the newcomer's own doing. 确认目标达成
    async fn mentoring_goal_reach(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal. 目标")] input: MentoringGoalReachInput,
    ) -> Result<Option<MentoringGoalReachPayload>> {
        let done = actions::goal_reach(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, mentoring as Mentoring)
    }

    /// Names a ticket on which both have worked. 关联共同处理的工单
    async fn mentoring_ticket_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ticket. 工单")] input: MentoringTicketLinkInput,
    ) -> Result<Option<MentoringTicketLinkPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::ticket_link(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, mentoring as Mentoring)
    }

    /// Takes back that a ticket was named. 取消关联工单
    async fn mentoring_ticket_unlink(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ticket. 工单")] input: MentoringTicketUnlinkInput,
    ) -> Result<Option<MentoringTicketUnlinkPayload>> {
        let (pair, ticket) = (input.mentoring_id.uuid, input.ticket_id.uuid);
        let done = actions::ticket_unlink(ctx.app(), ctx.call(), pair, ticket).await;
        shown!(ctx, done, mentoring as Mentoring)
    }

    /// Notes a talk: with the mentor's rating, or as the newcomer's own note. 登记带教记录
    async fn mentoring_check_in_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The talk. 记录")] input: MentoringCheckInAddInput,
    ) -> Result<Option<MentoringCheckInAddPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::check_in_add(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, mentoring as Mentoring)
    }

    /// Ends a pair with its result; neither of the two decides on it. 结束结对
    async fn mentoring_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pair and its result. 结对及结果")] input: MentoringEndInput,
    ) -> Result<Option<MentoringEndPayload>> {
        let done = actions::pair_end(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, mentoring as Mentoring)
    }
}
