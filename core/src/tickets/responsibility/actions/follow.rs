//! What a change of a ticket means for its responsibility.

use entity::enums::HandoverState;
use entity::{member, ticket_handover};
use serde_json::Value;

use super::credit;
use crate::error::Result;
use crate::ids::Id;
use crate::tickets::actions::record::{Change, record};
use crate::tickets::actions::{Happened, Turn};
use crate::tickets::responsibility::store;
use crate::tickets::rules::stages;
use crate::work::Work;

/// Withdraws the open offer of a ticket that ended or got another owner, and credits a ticket that was resolved.
///
/// # Errors
/// When the database fails.
pub async fn follow(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    let Some(was) = turn.was else { return Ok(()) };
    let now = &turn.now;
    let ended = stages::ended(now.state) && !stages::ended(was.state);
    let other_owner = turn.happened == Happened::Assigned && was.owner_id != now.owner_id;
    if (ended || other_owner)
        && let Some(open) = store::open_offer(work.tx(), now.id).await?
    {
        let at = work.call().at;
        let to = Id::<member::Entity>::new(open.to_member_id).to_string();
        let lapsed = ticket_handover::Model {
            state: HandoverState::Withdrawn,
            answered_at: Some(at),
            ..open
        };
        store::save_offer(work.tx(), lapsed, at).await?;
        let changes = vec![Change::internal("handoverTo", to, Value::Null)];
        record(
            work,
            now,
            "handover_withdraw",
            "ticket.handover.lapse",
            false,
            changes,
        );
    }
    if now.resolved_at.is_some() && now.resolved_at != was.resolved_at {
        credit::record(work, now).await?;
    }
    Ok(())
}
