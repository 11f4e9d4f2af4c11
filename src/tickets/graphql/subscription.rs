//! Tickets as they change.

use std::sync::Arc;

use async_graphql::{Context, Result, SimpleObject, Subscription};
use entity::ticket;
use futures_util::{Stream, StreamExt};

use super::types::Ticket;
use crate::access::Permission;
use crate::app::App;
use crate::events::graphql::follow;
use crate::events::{Delivered, Event, Interest};
use crate::graphql::errors::OnField;
use crate::graphql::{DateTime, Id};

/// A ticket was opened, moved, assigned, commented on or ended. 工单变更事件
#[derive(SimpleObject)]
pub struct TicketEvent {
    /// When it was done. 时间
    at: DateTime,
    /// What was done, such as `create`, `assign`, `advance`, `edit`, `tag`, `merge`, `close` or `comment`. 操作
    action: String,
    /// The ticket as it is now. 工单
    ticket: Ticket,
}

/// The subscriptions of tickets.
#[derive(Default)]
pub struct TicketSubscription;

#[Subscription]
impl TicketSubscription {
    /// Each change of the tickets within your reach, or of one of them, as it happens. What only staff may know (who is
    /// assigned, internal notes) makes no event for partner and customer. 工单变更订阅
    async fn ticket_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only changes of this ticket.")] id: Option<Id<ticket::Entity>>,
    ) -> Result<impl Stream<Item = Result<TicketEvent>> + use<>> {
        let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
        let interest = Interest::in_kinds(&[Event::TICKET_CHANGED])
            .about(id.map(|id| id.uuid))
            .needing(Permission::TicketRead);
        Ok(follow(ctx, interest)?.filter_map(move |item| {
            let app = Arc::clone(&app);
            async move {
                let delivered = match item {
                    Ok(delivered) => delivered,
                    Err(error) => return Some(Err(error)),
                };
                let found = visible(&app, &delivered)
                    .await
                    .on_field(&delivered.call)
                    .transpose()?;
                Some(found.map(|ticket| show(&delivered, ticket)))
            }
        }))
    }
}

/// The event's ticket, unless the ticket or this kind of event is nothing for the viewer.
async fn visible(app: &App, delivered: &Delivered) -> crate::error::Result<Option<ticket::Model>> {
    let viewer = &delivered.call.viewer;
    let internal = delivered.event.payload["public"] != serde_json::Value::Bool(true);
    let permission = if internal {
        Permission::TicketNoteRead
    } else {
        Permission::TicketRead
    };
    if !viewer.may(permission) {
        return Ok(None);
    }
    let event = &delivered.event;
    app.sights.visible(&app.db, viewer, permission, event).await
}

fn show(delivered: &Delivered, ticket: ticket::Model) -> TicketEvent {
    let action = delivered.event.payload["action"]
        .as_str()
        .unwrap_or("change")
        .to_owned();
    TicketEvent {
        at: delivered.event.at.into(),
        action,
        ticket: Ticket(ticket),
    }
}
