//! Watching tickets and letting others watch them.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{member, ticket};

use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::collaboration::watching;
use crate::tickets::graphql::Ticket;

/// Which ticket you want to watch. 关注工单
#[derive(InputObject)]
pub struct TicketWatchInput {
    /// The ticket. 工单
    ticket_id: Id<ticket::Entity>,
}

/// Which ticket you no longer want to watch. 取消关注
#[derive(InputObject)]
pub struct TicketUnwatchInput {
    /// The ticket. 工单
    ticket_id: Id<ticket::Entity>,
}

/// Who is to watch which ticket. 添加关注人
#[derive(InputObject)]
pub struct TicketWatcherAddInput {
    /// The ticket. 工单
    ticket_id: Id<ticket::Entity>,
    /// The colleague: somebody whom you see and who works here today. 同事
    member_id: Id<member::Entity>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// Who is no longer to watch which ticket. 移除关注人
#[derive(InputObject)]
pub struct TicketWatcherRemoveInput {
    /// The ticket. 工单
    ticket_id: Id<ticket::Entity>,
    /// The watcher. 关注人
    member_id: Id<member::Entity>,
}

mutation_payload!(TicketWatchPayload, ticket: Ticket, "The watched ticket; null when it was refused. 已关注的工单");
mutation_payload!(TicketUnwatchPayload, ticket: Ticket, "The ticket as you saw it last; null when it was refused. 已取消关注的工单");
mutation_payload!(TicketWatcherAddPayload, ticket: Ticket, "The ticket; null when it was refused. 工单");
mutation_payload!(TicketWatcherRemovePayload, ticket: Ticket, "The ticket; null when it was refused. 工单");

/// The mutations of watchers.
#[derive(Default)]
pub struct WatchingMutation;

#[Object]
impl WatchingMutation {
    /// You watch a ticket: you go on reading it, and hear of its changes, also when it leaves your team. 关注工单
    async fn ticket_watch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketWatchInput,
    ) -> Result<Option<TicketWatchPayload>> {
        let done = watching::watch(ctx.app(), ctx.call(), input.ticket_id.uuid)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// You no longer watch a ticket; if nothing else lets you read it, you can't from now on. 取消关注
    async fn ticket_unwatch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketUnwatchInput,
    ) -> Result<Option<TicketUnwatchPayload>> {
        let done = watching::unwatch(ctx.app(), ctx.call(), input.ticket_id.uuid)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Lets a colleague watch a ticket: they may read it then, and do nothing else with it. 添加关注人
    async fn ticket_watcher_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to watch which ticket.")] input: TicketWatcherAddInput,
    ) -> Result<Option<TicketWatcherAddPayload>> {
        let watch = watching::Watch {
            ticket_id: input.ticket_id.uuid,
            member_id: input.member_id.uuid,
            idempotency_key: input.idempotency_key,
        };
        let done = watching::add(ctx.app(), ctx.call(), watch)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Takes a watcher off a ticket. 移除关注人
    async fn ticket_watcher_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is no longer to watch which ticket.")]
        input: TicketWatcherRemoveInput,
    ) -> Result<Option<TicketWatcherRemovePayload>> {
        let watch = watching::Watch {
            ticket_id: input.ticket_id.uuid,
            member_id: input.member_id.uuid,
            idempotency_key: None,
        };
        let done = watching::remove(ctx.app(), ctx.call(), watch)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}
