//! A watcher and a mention.

use async_graphql::{Context, Enum, Object, Result};
use entity::{member, ticket, ticket_comment, ticket_mention, ticket_watcher};
use futures_util::future::try_join_all;
use uuid::Uuid;

use super::loaders::{MentionedIn, WatchersOf};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::tickets::collaboration::messages::graphql::comment_of;
use crate::tickets::graphql::{Ticket, TicketComment};

/// How somebody came to watch a ticket. 关注来源
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::WatchSource")]
pub enum WatchSource {
    /// By their own wish. 主动关注
    Own,
    /// A colleague added them. 被同事添加
    Added,
    /// They were mentioned. 被提及
    Mention,
}

/// Who follows a ticket without owning it or working on it; only staff see it. 关注人
pub struct TicketWatcher(pub ticket_watcher::Model);

/// Who follows a ticket without owning it or working on it; only staff see it. 关注人
#[Object]
impl TicketWatcher {
    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// How they came to it. 关注来源
    async fn source(&self) -> WatchSource {
        self.0.source.into()
    }

    /// From when. 关注时间
    async fn since(&self) -> DateTime {
        self.0.since.into()
    }
}

/// A colleague called you to a comment. 提及
pub struct TicketMention(pub ticket_mention::Model);

/// A colleague called you to a comment. 提及
#[Object]
impl TicketMention {
    /// The mention's id, `mention_...`. 提及 ID
    async fn id(&self) -> Id<ticket_mention::Entity> {
        Id::new(self.0.id)
    }

    /// When. 时间
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// The ticket. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        let row = ctx.row::<ticket::Entity>(self.0.ticket_id).await;
        Ok(row.on_field(ctx.call())?.map(Ticket))
    }

    /// The comment. 回复或备注
    async fn comment(&self, ctx: &Context<'_>) -> Result<Option<TicketComment>> {
        comment_of(ctx, self.0.comment_id).await
    }
}

/// The watchers of a ticket, for its field.
///
/// # Errors
/// When the database fails.
pub async fn watchers_of(
    ctx: &Context<'_>,
    ticket: &ticket::Model,
) -> Result<Option<Vec<TicketWatcher>>> {
    let rows = ctx.loads().load_one(WatchersOf(ticket.id)).await;
    let rows = rows.map_err(shared).on_field(ctx.call())?;
    Ok(rows.map(|rows| rows.into_iter().map(TicketWatcher).collect()))
}

/// The mentioned members of a comment whom the viewer sees, for its field.
///
/// # Errors
/// When the database fails.
pub async fn mentioned_in(
    ctx: &Context<'_>,
    comment: &ticket_comment::Model,
) -> Result<Option<Vec<Member>>> {
    let ids: Option<Vec<Uuid>> = ctx
        .loads()
        .load_one(MentionedIn(comment.id))
        .await
        .map_err(shared)
        .on_field(ctx.call())?;
    let members = ids
        .unwrap_or_default()
        .into_iter()
        .map(|id| ctx.row::<member::Entity>(id));
    let members = try_join_all(members).await.on_field(ctx.call())?;
    Ok(Some(members.into_iter().flatten().map(Member).collect()))
}
