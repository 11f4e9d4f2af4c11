//! Closing, cancelling and reopening a ticket.

use entity::enums::{TicketStage, TicketState};
use entity::ticket;
use uuid::Uuid;

use super::follow::{Happened, follow};
use super::partner::partner_change;
use super::record::{Change, reason_of, record};
use crate::access::{Call, to_change};
use crate::app::App;
use crate::customers;
use crate::db::new_id;
use crate::error::Result;
use crate::ids::Id;
use crate::tickets::collaboration::merging::rules::check_not_merged;
use crate::tickets::rules::stages::{self, Move};
use crate::tickets::{processes, store};
use crate::work::{Work, expect_version};

/// Which ticket, and why.
#[derive(Clone, Debug)]
pub struct Finish {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// Why; needed to cancel and to reopen.
    pub reason: Option<String>,
}

/// Closes the ticket, after the result was told (in the stage of feedback).
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible.
pub async fn close(app: &App, call: &Call, finish: Finish) -> Result<ticket::Model> {
    let (mut work, was) = begin(app, call, &finish, Move::Close, TicketState::Closed).await?;
    stages::check_close(was.stage)?;
    processes::actions::check_leaving(&work, &was).await?;
    let reason = reason_of(finish.reason.as_deref(), false)?;
    let now = ticket::Model {
        state: TicketState::Closed,
        closed_at: Some(call.at),
        ..was.clone()
    };
    let saved = store::save(work.tx(), now, call.at).await?;
    store::leave_stage(work.tx(), was.id, call.at).await?;
    let saved = follow(&mut work, Some(&was), saved, Happened::Moved).await?;
    end(&mut work, &was, &saved, "close", "ticket.close", reason).await?;
    work.commit().await?;
    Ok(saved)
}

/// Gives the ticket up, with a reason.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible or has no reason.
pub async fn cancel(app: &App, call: &Call, finish: Finish) -> Result<ticket::Model> {
    let (mut work, was) = begin(app, call, &finish, Move::Cancel, TicketState::Cancelled).await?;
    let reason = reason_of(finish.reason.as_deref(), true)?;
    let now = ticket::Model {
        state: TicketState::Cancelled,
        closed_at: Some(call.at),
        ..was.clone()
    };
    let saved = store::save(work.tx(), now, call.at).await?;
    store::leave_stage(work.tx(), was.id, call.at).await?;
    let saved = follow(&mut work, Some(&was), saved, Happened::Moved).await?;
    end(&mut work, &was, &saved, "cancel", "ticket.cancel", reason).await?;
    work.commit().await?;
    Ok(saved)
}

/// Takes an ended ticket up again, at the stage of analysis, with the partner that its customer has now.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible or has no reason.
pub async fn reopen(app: &App, call: &Call, finish: Finish) -> Result<ticket::Model> {
    let (mut work, was) = begin(app, call, &finish, Move::Reopen, TicketState::Open).await?;
    check_not_merged(was.merged_into_id.map(Id::<ticket::Entity>::new))?;
    let reason = reason_of(finish.reason.as_deref(), true)?;
    let partner_id = customers::partner_of(work.tx(), was.customer_id).await?;
    let now = ticket::Model {
        partner_id,
        state: TicketState::Open,
        stage: TicketStage::Analysis,
        stage_entered_at: call.at,
        resolved_at: None,
        closed_at: None,
        reopened: was.reopened + 1,
        ..was.clone()
    };
    let saved = store::save(work.tx(), now, call.at).await?;
    store::enter_stage(
        work.tx(),
        was.id,
        TicketStage::Analysis,
        new_id(call.at),
        call.at,
    )
    .await?;
    let saved = follow(&mut work, Some(&was), saved, Happened::Moved).await?;
    end(&mut work, &was, &saved, "reopen", "ticket.reopen", reason).await?;
    work.commit().await?;
    Ok(saved)
}

async fn begin<'c>(
    app: &App,
    call: &'c Call,
    finish: &Finish,
    action: Move,
    to: TicketState,
) -> Result<(Work<'c>, ticket::Model)> {
    let work = Work::begin(&app.db, call).await?;
    let was = to_change::<ticket::Entity>(
        work.tx(),
        &call.viewer,
        stages::permission(action),
        finish.id,
    )
    .await?;
    expect_version(was.version, finish.expected_version)?;
    stages::check_state(was.state, action, to)?;
    Ok((work, was))
}

async fn end(
    work: &mut Work<'_>,
    was: &ticket::Model,
    now: &ticket::Model,
    action: &'static str,
    audited: &'static str,
    reason: Option<String>,
) -> Result<()> {
    let mut changes = vec![Change::public(
        "state",
        stages::name(was.state),
        stages::name(now.state),
    )];
    if was.stage != now.stage {
        changes.push(Change::public(
            "stage",
            stages::stage_name(was.stage),
            stages::stage_name(now.stage),
        ));
    }
    changes.extend(partner_change(was.partner_id, now.partner_id));
    changes.extend(processes::actions::step_change(work, Some(was), now).await?);
    changes
        .extend(reason.map(|reason| Change::internal("reason", serde_json::Value::Null, reason)));
    record(work, now, action, audited, true, changes);
    Ok(())
}
