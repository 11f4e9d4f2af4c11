//! Reading one's mentions, and hearing of new ones.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, Subscription};
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::types::TicketMention;
use crate::access::Permission;
use crate::app::App;
use crate::events::graphql::follow;
use crate::events::{Delivered, Interest};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, PageArgs};
use crate::tickets::collaboration::watching::{TICKET_MENTIONED, store};

/// The queries about mentions.
#[derive(Default)]
pub struct WatchingQuery;

#[Object]
impl WatchingQuery {
    /// Where colleagues mentioned you, the latest first. Mentions on tickets that you can no longer read are absent. 我被提及的记录
    async fn mentions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<TicketMention>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let call = ctx.call();
        let page = page.page(ctx).on_field(call)?;
        let db = ctx.app().db.reader();
        let listing = store::my_mentions(db, &call.viewer, &page, ctx.selects("totalCount")).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, TicketMention)))
    }
}

/// The subscription to mentions.
#[derive(Default)]
pub struct WatchingSubscription;

#[Subscription]
impl WatchingSubscription {
    /// Each mention of yourself as it is written. 被提及通知订阅
    async fn mentioned(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = Result<TicketMention>> + use<>> {
        let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
        // Whoever is no member is never mentioned: nobody has that key.
        let me = ctx.call().viewer.standing.member_id.unwrap_or_default();
        let interest = Interest::in_kinds(&[TICKET_MENTIONED])
            .about(Some(me))
            .needing(Permission::TicketNoteRead);
        Ok(follow(ctx, interest)?.filter_map(move |item| {
            let app = Arc::clone(&app);
            async move {
                let delivered = match item {
                    Ok(delivered) => delivered,
                    Err(error) => return Some(Err(error)),
                };
                let found = visible(&app, &delivered).await;
                found.on_field(&delivered.call).transpose()
            }
        }))
    }
}

/// The event's mention, unless it is nothing for the viewer any more.
async fn visible(app: &App, delivered: &Delivered) -> crate::error::Result<Option<TicketMention>> {
    let id = delivered.event.payload["mention"].as_str();
    let Some(id) = id.and_then(|id| id.parse::<Uuid>().ok()) else {
        return Ok(None);
    };
    let mention = store::my_mention(app.db.reader(), &delivered.call.viewer, id).await?;
    Ok(mention.map(TicketMention))
}
