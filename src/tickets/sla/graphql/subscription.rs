//! Alerts as they are raised.

use std::sync::Arc;

use async_graphql::{Context, Result, SimpleObject, Subscription};
use entity::team;
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::alerts::TicketAlert;
use crate::access::Permission;
use crate::app::App;
use crate::events::graphql::follow;
use crate::events::{Delivered, Event, Interest};
use crate::graphql::errors::OnField;
use crate::graphql::{DateTime, Id};
use crate::tickets::sla::store;

/// An alert was raised; or, after the server had stood still, many alerts of a team at once. 超时提醒事件
#[derive(SimpleObject)]
pub struct TicketAlertEvent {
    /// When it was raised. 时间
    at: DateTime,
    /// The alert; null when many are told at once. 提醒
    alert: Option<TicketAlert>,
    /// The team, when many of its alerts are told at once, `team_...`. 团队 ID
    team_id: Option<Id<team::Entity>>,
    /// Warnings within your reach that are told at once. 汇总的提醒数
    warnings: u64,
    /// Missed due times within your reach that are told at once. 汇总的超时数
    breaches: u64,
}

/// The subscription to alerts.
#[derive(Default)]
pub struct SlaSubscription;

#[Subscription]
impl SlaSubscription {
    /// Warnings and escalations of the tickets within your reach, as they are raised. What is found long after its time,
    /// because the server stood still, comes in one event a team with counts. 超时提醒订阅
    async fn ticket_alert_raised(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = Result<TicketAlertEvent>> + use<>> {
        let app = Arc::clone(ctx.data_unchecked::<Arc<App>>());
        let interest =
            Interest::in_kinds(&[Event::TICKET_ALERT]).needing(Permission::TicketAlertRead);
        Ok(follow(ctx, interest)?.filter_map(move |item| {
            let app = Arc::clone(&app);
            async move {
                let delivered = match item {
                    Ok(delivered) => delivered,
                    Err(error) => return Some(Err(error)),
                };
                let shown = show(&app, &delivered).await;
                shown.on_field(&delivered.call).transpose()
            }
        }))
    }
}

/// The event as this viewer may see it; none when it is about nothing within its reach.
async fn show(app: &App, delivered: &Delivered) -> crate::error::Result<Option<TicketAlertEvent>> {
    let (viewer, event) = (&delivered.call.viewer, &delivered.event);
    let at = event.at.into();
    if event.payload["late"] != serde_json::Value::Bool(true) {
        let found = store::alert(app.db.reader(), viewer, event.entity_id).await?;
        return Ok(found.map(|alert| TicketAlertEvent {
            at,
            alert: Some(TicketAlert(alert)),
            team_id: None,
            warnings: 0,
            breaches: 0,
        }));
    }
    let team: Option<Uuid> = event.payload["team"]
        .as_str()
        .and_then(|team| team.parse().ok());
    let told = store::told_together(app.db.reader(), viewer, team, event.at).await?;
    Ok(
        (told.warnings + told.breaches > 0).then(|| TicketAlertEvent {
            at,
            alert: None,
            team_id: team.map(Id::new),
            warnings: told.warnings,
            breaches: told.breaches,
        }),
    )
}
