//! Heartbeats.

use entity::enums::{ActorKind, PresenceKind, UserKind};
use entity::{ticket, ticket_presence};
use serde_json::json;
use uuid::Uuid;

use super::rules::{Doing, Step, step};
use super::{TICKET_PRESENCE, store};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::Work;

/// What the viewer does at a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Heartbeat {
    /// The ticket.
    pub ticket_id: Uuid,
    /// Views, edits, or has gone.
    pub doing: Option<PresenceKind>,
}

/// Notes that the viewer is at a ticket that it reads, or has gone. Only a change is told.
///
/// # Errors
/// `NOT_FOUND`; a user error when the viewer is no person of the staff.
pub async fn set(app: &App, call: &Call, heartbeat: Heartbeat) -> Result<ticket::Model> {
    let viewer = &call.viewer;
    viewer.require(Permission::TicketNoteRead)?;
    let mut work = Work::begin(&app.db, call).await?;
    let permission = Permission::TicketNoteRead;
    let ticket = find::<ticket::Entity>(work.tx(), viewer, permission, heartbeat.ticket_id).await?;
    let ticket = ticket.ok_or_else(ApiError::not_found)?;
    let user = match (viewer.actor.kind, viewer.kind, viewer.actor.id) {
        (ActorKind::User, Some(UserKind::Staff), Some(user)) => user,
        _ => {
            let text = Text::new(
                "Only people of the staff are present at tickets.",
                "仅内部员工账号可上报在线状态。",
            );
            return Err(UserError::new(UserErrorCode::RuleViolated, "", text).into());
        }
    };
    let known = store::known(work.tx(), ticket.id, user).await?;
    let row = |doing: Doing| ticket_presence::Model {
        id: new_id(call.at),
        ticket_id: ticket.id,
        user_id: user,
        member_id: viewer.standing.member_id,
        name: viewer.actor.name.clone(),
        doing: doing.what,
        since: doing.since,
        seen_at: doing.seen,
    };
    let told = match step(known, heartbeat.doing, call.at) {
        Step::Nothing => false,
        Step::Still(doing) => {
            store::note(work.tx(), row(doing)).await?;
            false
        }
        Step::Now(doing) => {
            store::note(work.tx(), row(doing)).await?;
            true
        }
        Step::Gone => {
            store::forget(work.tx(), ticket.id, user).await?;
            true
        }
    };
    if told {
        let event = Event::new(call.at, TICKET_PRESENCE, ticket.id, json!({}));
        work.emit(event);
    }
    work.commit().await?;
    Ok(ticket)
}
