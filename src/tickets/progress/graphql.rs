//! Progress as it happens.

use std::sync::Arc;

use async_graphql::{Context, Enum, Result, SimpleObject, Subscription};
use entity::ticket;
use futures_util::{Stream, StreamExt};

use super::rules::{self, Progress};
use crate::access::{Entry, Permission, Rule};
use crate::app::App;
use crate::events::graphql::follow;
use crate::events::{Delivered, Event, Interest};
use crate::graphql::errors::OnField;
use crate::graphql::{DateTime, Id};
use crate::tickets::graphql::{Ticket, TicketStage, TicketState};
use crate::tickets::store;

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Subscription",
        rule: Rule::Needs(Permission::TicketRead),
        fields: &["ticketProgress"],
    },
    Entry {
        type_name: "TicketProgress",
        rule: Rule::Needs(Permission::TicketRead),
        fields: &["at", "message", "stage", "state", "ticket", "what"],
    },
];

/// What there is to tell of a ticket. 进展类别
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::What")]
pub enum ProgressKind {
    /// The ticket was opened. 已创建
    Opened,
    /// It was taken up again. 已重开
    Reopened,
    /// It came into another stage. 阶段变更
    Stage,
    /// It waits, goes on, or has ended. 状态变更
    State,
    /// It came to another step of its process within the stage. 步骤变更
    Step,
    /// Its survey was opened, answered or withdrawn. 满意度调查
    Survey,
}

/// How far a ticket has come, told as it happens. 工单进展
#[derive(SimpleObject)]
pub struct TicketProgress {
    /// When. 时间
    at: DateTime,
    /// What there is to tell. 进展类别
    what: ProgressKind,
    /// The stage that it had come to. 阶段
    stage: TicketStage,
    /// The state that it had come to. 状态
    state: TicketState,
    /// A text for the customer, in the language of the subscriber. 进展说明
    message: String,
    /// The ticket as it is now. 工单
    ticket: Ticket,
}

/// The subscription to progress.
#[derive(Default)]
pub struct ProgressSubscription;

#[Subscription]
impl ProgressSubscription {
    /// The progress of the tickets within your reach, or of one of them, as it happens: each stage, step, state and survey,
    /// with a text that can be shown to the customer. 工单进展订阅
    async fn ticket_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only the progress of this ticket.")] id: Option<Id<ticket::Entity>>,
    ) -> Result<impl Stream<Item = Result<TicketProgress>> + use<>> {
        let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
        let interest = Interest::in_kinds(&[Event::TICKET_PROGRESS])
            .about(id.map(|id| id.uuid))
            .needing(Permission::TicketRead);
        Ok(follow(ctx, interest)?.filter_map(move |item| {
            let app = Arc::clone(&app);
            async move {
                let delivered = match item {
                    Ok(delivered) => delivered,
                    Err(error) => return Some(Err(error)),
                };
                let Delivered { event, call } = &delivered;
                let progress: Progress = serde_json::from_value(event.payload.clone()).ok()?;
                let found = store::by_id(app.db.reader(), &call.viewer, event.entity_id).await;
                let found = found.on_field(call).transpose()?;
                Some(found.map(|ticket| show(&delivered, progress, ticket)))
            }
        }))
    }
}

fn show(delivered: &Delivered, progress: Progress, ticket: ticket::Model) -> TicketProgress {
    let message = rules::message(progress, ticket.number);
    TicketProgress {
        at: delivered.event.at.into(),
        what: progress.what.into(),
        stage: progress.stage.into(),
        state: progress.state.into(),
        message: message.in_locale(delivered.call.locale).to_owned(),
        ticket: Ticket(ticket),
    }
}
