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
use crate::tickets::processes::actions::Goal;
use crate::tickets::rules::stages::{self, Move};
use crate::tickets::{processes, store};
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
/// back from there takes that away. A ticket with a process goes to the first step of that stage that its present step
/// leads to.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible.
pub async fn advance(app: &App, call: &Call, advance: Advance) -> Result<ticket::Model> {
    let goal = Goal::Stage(advance.to);
    go(
        app,
        call,
        (advance.id, advance.expected_version),
        goal,
        advance.reason,
    )
    .await
}

/// To which step.
#[derive(Clone, Debug)]
pub struct EnterStep {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The code of the step to enter.
    pub step: String,
    /// Why; needed on the way back.
    pub reason: Option<String>,
}

/// Moves the ticket to another step of its process, and with it to the step's stage.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the move isn't possible.
pub async fn enter_step(app: &App, call: &Call, enter: EnterStep) -> Result<ticket::Model> {
    let goal = Goal::Step(enter.step);
    go(
        app,
        call,
        (enter.id, enter.expected_version),
        goal,
        enter.reason,
    )
    .await
}

/// The one path of every move through stages and steps.
async fn go(
    app: &App,
    call: &Call,
    (id, expected_version): (Uuid, i32),
    goal: Goal,
    reason: Option<String>,
) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let permission = stages::permission(Move::Advance);
    let was = to_change::<ticket::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(was.version, expected_version)?;
    stages::check_state(was.state, Move::Advance, TicketState::Open)?;
    let reason = reason_of(reason.as_deref(), false)?;
    let way = processes::actions::way(&work, &was, &goal, reason.as_deref()).await?;

    let mut now = ticket::Model {
        step_id: way.step.map(|step| step.id).or(was.step_id),
        ..was.clone()
    };
    let moved = way.stage != was.stage;
    if moved {
        now.stage = way.stage;
        now.stage_entered_at = call.at;
        now.resolved_at = (way.stage == TicketStage::Feedback).then_some(call.at);
    }
    let saved = store::save(work.tx(), now, call.at).await?;
    if moved {
        store::enter_stage(work.tx(), was.id, way.stage, new_id(call.at), call.at).await?;
    }
    let saved = follow(&mut work, Some(&was), saved, Happened::Moved).await?;
    let mut changes = Vec::new();
    if moved {
        changes.push(Change::public(
            "stage",
            stages::stage_name(was.stage),
            stages::stage_name(way.stage),
        ));
    }
    changes.extend(processes::actions::step_change(&work, Some(&was), &saved).await?);
    changes
        .extend(reason.map(|reason| Change::internal("reason", serde_json::Value::Null, reason)));
    // What customers follow are stages; a step within one is the staff's own matter.
    let (action, audited) = match goal {
        Goal::Stage(_) => ("advance", "ticket.advance"),
        Goal::Step(_) if moved => ("advance", "ticket.step.enter"),
        Goal::Step(_) => ("step", "ticket.step.enter"),
    };
    record(&mut work, &saved, action, audited, moved, changes);
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
    let reason = reason.map(|reason| Change::internal("reason", serde_json::Value::Null, reason));
    if target.action == Move::Hold {
        let mut changes = vec![state_change(&was, &saved)];
        changes.extend(reason);
        record(&mut work, &saved, "hold", "ticket.hold", true, changes);
    } else {
        record_resumed(&mut work, &was, &saved);
    }
    work.commit().await?;
    Ok(saved)
}

/// Notes that a waiting ticket goes on.
pub(super) fn record_resumed(work: &mut Work<'_>, was: &ticket::Model, now: &ticket::Model) {
    let changes = vec![state_change(was, now)];
    record(work, now, "resume", "ticket.resume", true, changes);
}

fn state_change(was: &ticket::Model, now: &ticket::Model) -> Change {
    Change::public("state", stages::name(was.state), stages::name(now.state))
}
