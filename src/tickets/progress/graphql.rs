//! Progress as it happens.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result, Subscription};
use entity::{process_step, ticket};
use futures_util::{Stream, StreamExt};

use super::rules::{self, Progress};
use crate::access::{Entry, Permission, Rule};
use crate::app::App;
use crate::events::graphql::follow;
use crate::events::{Delivered, Event, Interest};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::tickets::graphql::{Ticket, TicketStage, TicketState};
use crate::tickets::processes::graphql::ProcessStep;

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
    // Customers are told the stage; the steps are the house's own.
    Entry {
        type_name: "TicketProgress",
        rule: Rule::Needs(Permission::ProcessRead),
        fields: &["step"],
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
pub struct TicketProgress {
    at: chrono::DateTime<chrono::Utc>,
    progress: Progress,
    message: String,
    ticket: ticket::Model,
}

/// How far a ticket has come, told as it happens. 工单进展
#[Object]
impl TicketProgress {
    /// When. 时间
    async fn at(&self) -> DateTime {
        self.at.into()
    }

    /// What there is to tell. 进展类别
    async fn what(&self) -> ProgressKind {
        self.progress.what.into()
    }

    /// The stage that it had come to. 阶段
    async fn stage(&self) -> TicketStage {
        self.progress.stage.into()
    }

    /// The state that it had come to. 状态
    async fn state(&self) -> TicketState {
        self.progress.state.into()
    }

    /// The step of its process that it had come to; for staff. 步骤
    async fn step(&self, ctx: &Context<'_>) -> Result<Option<ProcessStep>> {
        let Some(id) = self.progress.step else {
            return Ok(None);
        };
        let row = ctx.row::<process_step::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(ProcessStep))
    }

    /// A text for the customer, in the language of the subscriber. 进展说明
    async fn message(&self) -> &str {
        &self.message
    }

    /// The ticket as it is now. 工单
    async fn ticket(&self) -> Ticket {
        Ticket(self.ticket.clone())
    }
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
                let (viewer, permission) = (&call.viewer, Permission::TicketRead);
                let found = app.sights.visible(&app.db, viewer, permission, event).await;
                let found = found.on_field(call).transpose()?;
                Some(found.map(|ticket| show(&delivered, progress, ticket)))
            }
        }))
    }
}

fn show(delivered: &Delivered, progress: Progress, ticket: ticket::Model) -> TicketProgress {
    let message = rules::message(progress, ticket.number);
    TicketProgress {
        at: delivered.event.at,
        progress,
        message: message.in_locale(delivered.call.locale).to_owned(),
        ticket,
    }
}
