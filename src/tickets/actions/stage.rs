//! Moving a ticket through its stages and side states.

use entity::enums::{TicketStage, TicketState};
use entity::ticket;
use uuid::Uuid;

use super::follow::{Happened, follow};
use super::record::{Change, reason_of, record};
use crate::access::{Call, to_change};
use crate::app::App;
use crate::db::new_id;
use crate::error::Result;
use crate::tickets::rules::stages::{self, Move};
use crate::tickets::store;
use crate::work::{Work, expect_version};

/// To which stage.
#[derive(Clone, Debug)]
pub struct Advance {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The stage to enter.
    pub to: TicketStage,
    /// Why; needed on the way back.
    pub reason: Option<String>,
}

/// Moves the ticket to the next stage, or back to an earlier one with a reason. Entering feedback resolves it; going
/// back from there takes that away.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible.
pub async fn advance(app: &App, call: &Call, advance: Advance) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = to_change::<ticket::Entity>(
        work.tx(),
        &call.viewer,
        stages::permission(Move::Advance),
        advance.id,
    )
    .await?;
    expect_version(was.version, advance.expected_version)?;
    stages::check_state(was.state, Move::Advance, TicketState::Open)?;
    let reason = reason_of(advance.reason.as_deref(), false)?;
    stages::check_stage(was.stage, advance.to, reason.as_deref())?;

    let resolved_at = if advance.to == TicketStage::Feedback {
        Some(call.at)
    } else {
        None
    };
    let now = ticket::Model {
        stage: advance.to,
        stage_entered_at: call.at,
        resolved_at,
        ..was.clone()
    };
    let saved = store::save(work.tx(), now, call.at).await?;
    store::enter_stage(work.tx(), was.id, advance.to, new_id(call.at), call.at).await?;
    let saved = follow(&mut work, Some(&was), saved, Happened::Moved).await?;
    let mut changes = vec![Change::public(
        "stage",
        stages::stage_name(was.stage),
        stages::stage_name(advance.to),
    )];
    changes
        .extend(reason.map(|reason| Change::internal("reason", serde_json::Value::Null, reason)));
    record(
        &mut work,
        &saved,
        "advance",
        "ticket.advance",
        true,
        changes,
    )
    .await?;
    work.commit().await?;
    Ok(saved)
}

/// For what the ticket waits.
#[derive(Clone, Debug)]
pub struct Hold {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// `pending_customer`, `pending_parts` or `on_hold`.
    pub state: TicketState,
    /// Why.
    pub reason: Option<String>,
}

/// Lets the ticket wait for the customer, for parts, or for something else.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible.
pub async fn hold(app: &App, call: &Call, hold: Hold) -> Result<ticket::Model> {
    stages::check_waiting(hold.state)?;
    wait(
        app,
        call,
        Target {
            id: hold.id,
            expected_version: hold.expected_version,
            action: Move::Hold,
            to: hold.state,
            reason: hold.reason,
        },
    )
    .await
}

/// Which waiting ticket goes on.
#[derive(Clone, Debug)]
pub struct Resume {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
}

/// Goes on with a waiting ticket.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible.
pub async fn resume(app: &App, call: &Call, resume: Resume) -> Result<ticket::Model> {
    wait(
        app,
        call,
        Target {
            id: resume.id,
            expected_version: resume.expected_version,
            action: Move::Resume,
            to: TicketState::Open,
            reason: None,
        },
    )
    .await
}

/// A move between work and waiting.
struct Target {
    id: Uuid,
    expected_version: i32,
    action: Move,
    to: TicketState,
    reason: Option<String>,
}

async fn wait(app: &App, call: &Call, target: Target) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = to_change::<ticket::Entity>(
        work.tx(),
        &call.viewer,
        stages::permission(target.action),
        target.id,
    )
    .await?;
    expect_version(was.version, target.expected_version)?;
    stages::check_state(was.state, target.action, target.to)?;
    let reason = reason_of(target.reason.as_deref(), false)?;
    let now = ticket::Model {
        state: target.to,
        ..was.clone()
    };
    let saved = store::save(work.tx(), now, call.at).await?;
    let saved = follow(&mut work, Some(&was), saved, Happened::Moved).await?;
    let mut changes = vec![Change::public(
        "state",
        stages::name(was.state),
        stages::name(target.to),
    )];
    changes
        .extend(reason.map(|reason| Change::internal("reason", serde_json::Value::Null, reason)));
    let (action, audited) = if target.action == Move::Hold {
        ("hold", "ticket.hold")
    } else {
        ("resume", "ticket.resume")
    };
    record(&mut work, &saved, action, audited, true, changes).await?;
    work.commit().await?;
    Ok(saved)
}
