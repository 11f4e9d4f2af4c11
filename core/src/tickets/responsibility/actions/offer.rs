//! Offering the ownership of a ticket to a colleague.

use entity::enums::{HandoverState, Reach};
use entity::{member, ticket, ticket_handover};
use serde_json::Value;
use uuid::Uuid;

use crate::access::roles::grants_of_staff;
use crate::access::{Call, Permission, Scoped, Viewer, to_change};
use crate::app::App;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::ids::Id;
use crate::tickets::actions::record::{Change, reason_of, record};
use crate::tickets::actions::{Happened, check_member, follow};
use crate::tickets::responsibility::rules::handover::{Situation, check_offer};
use crate::tickets::responsibility::store;
use crate::tickets::rules::stages;
use crate::tickets::store as tickets;
use crate::work::{Work, expect_version};

/// The field that names the colleague.
const TO: &str = "input.toMemberId";

/// What is offered to whom, and why.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// Who should own it.
    pub to_member_id: Uuid,
    /// Why.
    pub reason: String,
}

/// Offers the ownership of a ticket. Until the answer the owner stays; the colleague gets to see the ticket meanwhile.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming what stands against it.
pub async fn offer(app: &App, call: &Call, offer: Offer) -> Result<ticket_handover::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = to_change::<ticket::Entity>(
        work.tx(),
        &call.viewer,
        Permission::TicketHandover,
        offer.id,
    )
    .await?;
    expect_version(was.version, offer.expected_version)?;
    let reason = reason_of(Some(&offer.reason), true)?;
    check_offer(Situation {
        ended: stages::ended(was.state),
        owner: was.owner_id,
        by: call.viewer.standing.member_id,
        leads: leads(&call.viewer, &was),
        to: offer.to_member_id,
        open: store::open_offer(work.tx(), was.id).await?.is_some(),
    })?;
    check_member(&work, offer.to_member_id, TO).await?;
    check_answerable(&work, offer.to_member_id).await?;

    let saved = tickets::save(work.tx(), was.clone(), call.at).await?;
    let row = ticket_handover::Model {
        id: new_id(call.at),
        ticket_id: was.id,
        from_member_id: was.owner_id,
        to_member_id: offer.to_member_id,
        state: HandoverState::Offered,
        reason: reason.clone().unwrap_or_default(),
        offered_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        answer: None,
        answered_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let row = store::insert_offer(work.tx(), row).await?;
    let saved = follow(&mut work, Some(&was), saved, Happened::Edited).await?;
    let to = Id::<member::Entity>::new(offer.to_member_id).to_string();
    let changes = vec![
        Change::internal("handoverTo", Value::Null, to),
        Change::internal("reason", Value::Null, reason),
    ];
    record(
        &mut work,
        &saved,
        "handover_offer",
        "ticket.handover.offer",
        false,
        changes,
    );
    work.commit().await?;
    Ok(row)
}

/// Can the colleague answer? Otherwise the offer would stand until it is taken back, and keep every other one away.
async fn check_answerable(work: &Work<'_>, member: Uuid) -> Result<()> {
    let held = grants_of_staff(work.tx(), &[member], work.call().at).await?;
    let may = held
        .get(&member)
        .is_some_and(|grants| grants.has(Permission::TicketHandover));
    if may {
        return Ok(());
    }
    let text = Text::new(
        "No account of this member has ticket.handover: the offer could never be accepted. Name somebody who may own tickets, or give them a role that lets them.",
        "该成员的账号没有 ticket.handover 权限，无法接收移交；请选择有权接收的成员，或先授予相应角色。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, TO, text).into())
}

/// Does the viewer assign such tickets by more than having them? Whoever just works on a ticket doesn't give it away.
fn leads(viewer: &Viewer, ticket: &ticket::Model) -> bool {
    viewer
        .grants
        .reaches(Permission::TicketAssign)
        .filter(|reach| *reach != Reach::Own)
        .any(|reach| ticket::Entity::within(ticket, reach, &viewer.standing))
}
