//! What a ticket's clocks do when something happens to the ticket.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::enums::{
    SlaClockKind, SlaClockState, SlaReason, TicketPriority, TicketStage, TicketState,
};

use super::clock::Clock;
use super::policy::{Level, PROMISES};

/// What clocks look at in a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Its stage.
    pub stage: TicketStage,
    /// Its state.
    pub state: TicketState,
    /// How urgent it is.
    pub priority: TicketPriority,
    /// Has the solution been carried out?
    pub resolved: bool,
    /// Does it go on as another ticket?
    pub merged: bool,
    /// Has the customer got a first answer?
    pub answered: bool,
    /// Has a preliminary solution been given?
    pub proposed: bool,
}

impl Situation {
    /// Nobody waits for it any more, and nothing was promised for that case.
    #[must_use]
    pub fn given_up(self) -> bool {
        self.state == TicketState::Cancelled || self.merged
    }

    /// Everything that was promised has been done, or counts as done.
    #[must_use]
    pub fn done(self) -> bool {
        (self.resolved || self.state == TicketState::Closed) && !self.given_up()
    }

    /// No clock of a promise runs any more.
    #[must_use]
    pub fn over(self) -> bool {
        self.given_up() || self.done()
    }

    /// No such clock runs any more. The steps of feedback come after the solution: steps are measured until the ticket ends.
    #[must_use]
    pub fn over_for(self, kind: SlaClockKind) -> bool {
        match kind {
            SlaClockKind::Step => self.given_up() || self.state == TicketState::Closed,
            SlaClockKind::FirstResponse
            | SlaClockKind::PreliminarySolution
            | SlaClockKind::Resolution => self.over(),
        }
    }

    /// Whoever carries a solution out has one.
    #[must_use]
    pub fn solution_known(self) -> bool {
        matches!(self.stage, TicketStage::Execution | TicketStage::Feedback)
    }
}

/// A public reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Was it written by the staff?
    pub by_staff: bool,
    /// Does it give a preliminary solution?
    pub solution: bool,
}

/// One thing that happened to a ticket.
#[derive(Clone, Debug)]
pub struct Turn {
    /// The ticket before; none when it is new.
    pub was: Option<Situation>,
    /// The ticket now.
    pub now: Situation,
    /// A public reply, if that is what happened.
    pub reply: Option<Reply>,
    /// The level that holds now and why it may differ from before; none when nothing that policies look at has changed.
    pub terms: Option<(Arc<Level>, SlaReason)>,
}

/// The level that a ticket has: that of its open clocks, else of the one that stopped last. Clocks that stopped earlier keep
/// the terms under which they ran, whatever came since.
#[must_use]
pub fn level_held<'c>(clocks: impl IntoIterator<Item = &'c Clock>) -> Option<&'c Arc<Level>> {
    let last = clocks
        .into_iter()
        .max_by_key(|clock| (clock.is_open(), clock.stopped_at()));
    last.map(|clock| &clock.level)
}

/// Lets the clocks of a ticket do what follows, in this order: new terms, going on after a reopening, stopping, waiting.
pub fn follow(clocks: &mut Vec<Clock>, turn: &Turn, at: DateTime<Utc>) {
    let now = turn.now;
    if let Some((level, reason)) = &turn.terms {
        renew(clocks, level, *reason, now, at);
    }
    let was_over = turn.was.is_some_and(Situation::over);
    if was_over && !now.over() {
        reopen(clocks, turn.terms.as_ref().map(|(level, _)| level), now, at);
    } else if !was_over
        && !now.over()
        && let Some((level, _)) = &turn.terms
    {
        start(clocks, level, now, at);
    }
    let reply = turn.reply.unwrap_or_default();
    let entered = now.solution_known() && !turn.was.is_some_and(Situation::solution_known);
    for clock in clocks.iter_mut() {
        if now.over_for(clock.kind) {
            // Whatever ends a ticket ends its clocks: with a verdict when it was done, without one when it was given up.
            clock.stop(now.done(), at);
            continue;
        }
        match clock.kind {
            SlaClockKind::FirstResponse if reply.by_staff => clock.stop(true, at),
            SlaClockKind::PreliminarySolution if (reply.by_staff && reply.solution) || entered => {
                clock.stop(true, at);
            }
            _ => {}
        }
        match clock.level.waits(clock.kind, now.state) {
            Some(reason) => wait(clock, turn, reason, at),
            None => clock.resume(at),
        }
    }
}

/// Lets a clock wait. A change of terms while the ticket waits has an interval of its own already; only another state
/// of the ticket begins the next.
fn wait(clock: &mut Clock, turn: &Turn, reason: SlaReason, at: DateTime<Utc>) {
    let waits = clock.state() == SlaClockState::Paused;
    if !waits || turn.was.is_some_and(|was| was.state != turn.now.state) {
        clock.pause(reason, at);
    }
}

/// Puts the open clocks under the level that holds now; nothing happens to those that are under it already.
pub fn renew(
    clocks: &mut [Clock],
    level: &Arc<Level>,
    reason: SlaReason,
    now: Situation,
    at: DateTime<Utc>,
) {
    for clock in clocks.iter_mut() {
        let target = level
            .target(clock.kind, now.priority)
            .unwrap_or(clock.target);
        let waits = level.waits(clock.kind, now.state).is_some();
        clock.change(Arc::clone(level), target, waits, reason, at);
    }
}

/// Starts the clocks that the ticket hasn't got and whose matter is still open.
fn start(clocks: &mut Vec<Clock>, level: &Arc<Level>, now: Situation, at: DateTime<Utc>) {
    for kind in PROMISES {
        let settled = match kind {
            SlaClockKind::FirstResponse => now.answered,
            SlaClockKind::PreliminarySolution => now.proposed || now.solution_known(),
            SlaClockKind::Resolution | SlaClockKind::Step => false,
        };
        let known = clocks.iter().any(|clock| clock.kind == kind);
        if let Some(target) = level.target(kind, now.priority)
            && !settled
            && !known
        {
            let waits = level.waits(kind, now.state);
            clocks.push(Clock::start(
                kind,
                None,
                Arc::clone(level),
                target,
                waits,
                at,
            ));
        }
    }
}

/// Lets clocks go on with what has run: the resolution always, the preliminary solution unless it was met, the first
/// response only if it was cut off before anybody had answered. Steps begin anew with the process.
fn reopen(clocks: &mut Vec<Clock>, level: Option<&Arc<Level>>, now: Situation, at: DateTime<Utc>) {
    for clock in clocks.iter_mut() {
        let goes_on = match clock.kind {
            SlaClockKind::FirstResponse => clock.met.is_none() && !now.answered,
            SlaClockKind::PreliminarySolution => clock.met != Some(true),
            SlaClockKind::Resolution => true,
            SlaClockKind::Step => false,
        };
        if goes_on {
            let level = level.map_or_else(|| Arc::clone(&clock.level), Arc::clone);
            let target = level
                .target(clock.kind, now.priority)
                .unwrap_or(clock.target);
            let waits = level.waits(clock.kind, now.state);
            clock.go_on(level, target, waits, at);
        }
    }
    if let Some(level) = level {
        start(clocks, level, now, at);
    }
}
