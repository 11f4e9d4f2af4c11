//! Accepting, declining and withdrawing an offer.

use entity::{member, ticket, ticket_handover};
use uuid::Uuid;

use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::Result;
use crate::ids::Id;
use crate::tickets::actions::record::{Change, record};
use crate::tickets::actions::{Happened, follow};
use crate::tickets::responsibility::rules::handover::{Answer, Standpoint, after};
use crate::tickets::responsibility::store;
use crate::tickets::rules::input;
use crate::tickets::store as tickets;
use crate::work::{Work, expect_version};

/// What is answered to which offer.
#[derive(Clone, Debug)]
pub struct GiveAnswer {
    /// The offer.
    pub handover_id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// A few words; declining needs them.
    pub answer: Option<String>,
}

/// Takes the ownership on.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when it isn't offered to the viewer or answered already.
pub async fn accept(app: &App, call: &Call, answer: GiveAnswer) -> Result<ticket_handover::Model> {
    give(app, call, answer, Answer::Accept).await
}

/// Refuses the ownership, with a reason; the owner stays.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when it isn't offered to the viewer or answered already.
pub async fn decline(app: &App, call: &Call, answer: GiveAnswer) -> Result<ticket_handover::Model> {
    give(app, call, answer, Answer::Decline).await
}

/// Takes an offer back.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when it isn't the viewer's to take back or answered already.
pub async fn withdraw(
    app: &App,
    call: &Call,
    answer: GiveAnswer,
) -> Result<ticket_handover::Model> {
    give(app, call, answer, Answer::Withdraw).await
}

async fn give(
    app: &App,
    call: &Call,
    given: GiveAnswer,
    answer: Answer,
) -> Result<ticket_handover::Model> {
    let viewer = &call.viewer;
    viewer.require(Permission::TicketHandover)?;
    let mut work = Work::begin(&app.db, call).await?;
    let permission = Permission::TicketHandover;
    // The ticket is locked before the offer, as in every other action, so that no two wait for each other.
    let seen =
        find::<ticket_handover::Entity>(work.tx(), viewer, permission, given.handover_id).await?;
    let ticket = match &seen {
        Some(seen) => Some(tickets::lock(work.tx(), seen.ticket_id).await?),
        None => None,
    };
    let row =
        to_change::<ticket_handover::Entity>(work.tx(), viewer, permission, given.handover_id)
            .await?;
    let ticket = match ticket {
        Some(ticket) => ticket,
        None => tickets::lock(work.tx(), row.ticket_id).await?,
    };
    expect_version(row.version, given.expected_version)?;
    let me = viewer.standing.member_id;
    let standpoint = Standpoint {
        addressed: me == Some(row.to_member_id),
        offering: viewer.actor.id == Some(row.offered_by) || me.is_some() && me == ticket.owner_id,
    };
    let state = after(row.state, answer, standpoint)?;
    let mut checks = Checks::default();
    let words = match answer {
        Answer::Decline => Some(checks.body(
            "input.answer",
            given.answer.as_deref().unwrap_or_default(),
            input::BODY_MAX,
        )),
        _ => checks.optional_body("input.answer", given.answer.as_deref(), input::BODY_MAX),
    };
    checks.done()?;
    let now = ticket_handover::Model {
        state,
        answer: words.clone(),
        answered_at: Some(call.at),
        ..row
    };
    let saved = store::save_offer(work.tx(), now, call.at).await?;

    let mut changes = Vec::new();
    let ticket = if answer == Answer::Accept {
        let owned = ticket::Model {
            owner_id: Some(saved.to_member_id),
            ..ticket.clone()
        };
        let owned = tickets::save(work.tx(), owned, call.at).await?;
        changes.push(Change::internal(
            "ownerId",
            ticket
                .owner_id
                .map(|id| Id::<member::Entity>::new(id).to_string()),
            Id::<member::Entity>::new(saved.to_member_id).to_string(),
        ));
        follow(&mut work, Some(&ticket), owned, Happened::Assigned).await?
    } else {
        ticket
    };
    changes.extend(words.map(|words| Change::internal("answer", serde_json::Value::Null, words)));
    let (action, audited) = match answer {
        Answer::Accept => ("handover_accept", "ticket.handover.accept"),
        Answer::Decline => ("handover_decline", "ticket.handover.decline"),
        Answer::Withdraw | Answer::Lapse => ("handover_withdraw", "ticket.handover.withdraw"),
    };
    record(&mut work, &ticket, action, audited, false, changes);
    work.commit().await?;
    Ok(saved)
}
