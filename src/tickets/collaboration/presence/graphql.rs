//! Presence as clients see it. [`ACCESS`] says who may have which field: staff who read notes.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{
    Context, Enum, InputObject, MaybeUndefined, Object, Result, SimpleObject, Subscription,
};
use async_stream::stream;
use chrono::Utc;
use entity::{member, ticket, ticket_presence};
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::{TICKET_PRESENCE, rules, store};
use crate::access::{self, Call, Entry, Permission, Rule};
use crate::app::App;
use crate::error::{ApiError, Error};
use crate::events::Interest;
use crate::events::graphql::{Subscriber, follow};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id, Loads, Outcome};
use crate::mutation_payload;
use crate::organisation::graphql::Member;
use crate::tickets::collaboration::presence;
use crate::tickets::graphql::Ticket;

const NOTES: Rule = Rule::Needs(Permission::TicketNoteRead);

/// Who may have which field of presence.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Mutation",
        rule: NOTES,
        fields: &["ticketPresenceSet"],
    },
    Entry {
        type_name: "Subscription",
        rule: NOTES,
        fields: &["ticketPresence"],
    },
    Entry {
        type_name: "Ticket",
        rule: NOTES,
        fields: &["presence"],
    },
    Entry {
        type_name: "TicketPresence",
        rule: NOTES,
        fields: &["doing", "isMe", "name", "seenAt", "since"],
    },
    Entry {
        type_name: "TicketPresence",
        rule: Rule::Needs(Permission::MemberRead),
        fields: &["member"],
    },
    Entry {
        type_name: "TicketPresenceList",
        rule: NOTES,
        fields: &["present", "ticket"],
    },
    Entry {
        type_name: "TicketPresenceSetPayload",
        rule: NOTES,
        fields: &["ticket", "userErrors"],
    },
];

/// What somebody does at a ticket just now. 在线状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::PresenceKind")]
pub enum PresenceKind {
    /// Looks at it. 查看中
    Viewing,
    /// Writes a reply or changes something. 编辑中
    Editing,
}

/// Somebody of the staff who is at a ticket just now. 正在处理该工单的同事
pub struct TicketPresence(pub ticket_presence::Model);

/// Somebody of the staff who is at a ticket just now. 正在处理该工单的同事
#[Object]
impl TicketPresence {
    /// The name of the account. 姓名
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Is it yourself, perhaps in another window? 是否本人
    async fn is_me(&self, ctx: &Context<'_>) -> bool {
        ctx.call().viewer.actor.id == Some(self.0.user_id)
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What they do. 状态
    async fn doing(&self) -> PresenceKind {
        self.0.doing.into()
    }

    /// Since when they do it. 开始时间
    async fn since(&self) -> DateTime {
        self.0.since.into()
    }

    /// When they were last heard of; a minute later they count as gone. 最近心跳时间
    async fn seen_at(&self) -> DateTime {
        self.0.seen_at.into()
    }
}

/// Who is at a ticket just now. 工单在线人员
#[derive(SimpleObject)]
pub struct TicketPresenceList {
    /// The ticket. 工单
    ticket: Ticket,
    /// Everybody who is there, who came first first. 在线人员
    present: Vec<TicketPresence>,
}

/// Who is at a ticket, for its field.
///
/// # Errors
/// When the database fails.
pub async fn presence_of(
    ctx: &Context<'_>,
    ticket: &ticket::Model,
) -> Result<Option<Vec<TicketPresence>>> {
    let rows = ctx.loads().load_one(PresentAt(ticket.id)).await;
    let rows = rows.map_err(shared).on_field(ctx.call())?;
    Ok(rows.map(|rows| rows.into_iter().map(TicketPresence).collect()))
}

/// Who is at one ticket.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PresentAt(Uuid);

impl Loader<PresentAt> for Loads {
    type Value = Vec<ticket_presence::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[PresentAt],
    ) -> Result<HashMap<PresentAt, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let (db, call) = (self.db.reader(), &self.call);
        let of = store::present(db, &call.viewer, &ids, call.at).await?;
        Ok(of
            .into_iter()
            .map(|(id, rows)| (PresentAt(id), rows))
            .collect())
    }
}

/// What you do at a ticket. 上报在线状态
#[derive(InputObject)]
pub struct TicketPresenceSetInput {
    /// The ticket. 工单
    ticket_id: Id<ticket::Entity>,
    /// What you do; absent or null when you leave. 状态
    doing: MaybeUndefined<PresenceKind>,
}

mutation_payload!(TicketPresenceSetPayload, ticket: Ticket, "The ticket; null when it was refused. 工单");

/// The mutation of presence.
#[derive(Default)]
pub struct PresenceMutation;

#[Object]
impl PresenceMutation {
    /// Says that you look at a ticket, write on it, or leave it. Repeat it at least every 60 seconds, better every 25: who
    /// isn't heard of for 60 seconds has left. 上报在线状态（心跳）
    async fn ticket_presence_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you do at which ticket.")] input: TicketPresenceSetInput,
    ) -> Result<Option<TicketPresenceSetPayload>> {
        let heartbeat = presence::Heartbeat {
            ticket_id: input.ticket_id.uuid,
            doing: input.doing.take().map(Into::into),
        };
        let done = presence::set(ctx.app(), ctx.call(), heartbeat)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}

/// The subscription to presence.
#[derive(Default)]
pub struct PresenceSubscription;

#[Subscription]
impl PresenceSubscription {
    /// Who is at a ticket just now: at once, and again each time somebody comes, goes, begins to write, or wasn't heard of
    /// for a minute. Ends with `NOT_FOUND` when you can no longer read the ticket. 工单在线人员订阅
    async fn ticket_presence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] ticket_id: Id<ticket::Entity>,
    ) -> Result<impl Stream<Item = Result<TicketPresenceList>> + use<>> {
        let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
        let interest = Interest::in_kinds(&[TICKET_PRESENCE])
            .about(Some(ticket_id.uuid))
            .needing(Permission::TicketNoteRead);
        // Before the first look, so that nothing is missed between that and the first event.
        let mut events = follow(ctx, interest)?.boxed();
        let subscriber = Subscriber::of(ctx);
        let id = ticket_id.uuid;
        let mut call = subscriber.begin();
        look(&app, &call, id).await.on_field(&call)?;
        Ok(stream! {
            let mut told = None;
            loop {
                let (ticket, present) = match look(&app, &call, id).await.on_field(&call) {
                    Ok(seen) => seen,
                    Err(error) => {
                        yield Err(error);
                        return;
                    }
                };
                let next = present.iter().map(|row| rules::gone_at(row.seen_at)).min();
                let news = rules::news(present.iter().map(|row| (row.user_id, store::doing_of(row))));
                if told.as_ref() != Some(&news) {
                    told = Some(news);
                    let present = present.into_iter().map(TicketPresence).collect();
                    yield Ok(TicketPresenceList { ticket: Ticket(ticket), present });
                }
                let event = tokio::select! {
                    event = events.next() => Some(event),
                    () = until(&app, next) => None,
                };
                call = match event {
                    Some(Some(Ok(delivered))) => delivered.call,
                    Some(Some(Err(error))) => {
                        yield Err(error);
                        return;
                    }
                    Some(None) => return,
                    None => match subscriber.again().await {
                        Ok(call) => call,
                        Err(error) => {
                            yield Err(error);
                            return;
                        }
                    },
                };
            }
        })
    }
}

/// Comes when somebody who is there would be gone; never when nobody is.
async fn until(app: &App, next: Option<chrono::DateTime<Utc>>) {
    match next {
        Some(next) => app.clock.until(next).await,
        None => std::future::pending().await,
    }
}

/// The ticket with everybody who is there.
async fn look(
    app: &App,
    call: &Call,
    id: Uuid,
) -> crate::error::Result<(ticket::Model, Vec<ticket_presence::Model>)> {
    let db = app.db.reader();
    let permission = Permission::TicketNoteRead;
    let ticket = access::find::<ticket::Entity>(db, &call.viewer, permission, id).await?;
    let ticket = ticket.ok_or_else(ApiError::not_found)?;
    let mut of = store::present(db, &call.viewer, &[id], call.at).await?;
    Ok((ticket, of.remove(&id).unwrap_or_default()))
}
