//! One clock and its ledger: an interval for every stretch in which it ran, was paused or was stopped (计时台账).
//!
//! A running interval begins with what had run before it, and its due time follows from that: the moment at which the
//! calendar has counted the rest of the target. So whoever reads the intervals from the top can work out every due time
//! with a calendar on the wall.
//!
//! - Clocks count whole seconds, and a calendar's working time only.
//! - A change of terms closes the interval and opens one with the reason; what has run stays. When the new target is
//!   used up already, the due time is the moment of the change: a target can't have been missed before it was set.
//! - A target is missed when the clock still ran after its due time. That is a fact of the ledger, and stays on record
//!   when the target is loosened afterwards.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use entity::enums::{SlaClockKind, SlaClockState, SlaReason};
use uuid::Uuid;

use super::policy::Level;

/// A stretch of a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Counts up from 1.
    pub number: i32,
    /// Running, paused, or stopped until a reopening.
    pub state: SlaClockState,
    /// Why it began.
    pub reason: SlaReason,
    /// The version of the policy that held.
    pub policy_version: Uuid,
    /// The version of the calendar by which it was counted.
    pub calendar_version: Uuid,
    /// Working seconds allowed.
    pub target: i64,
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended; none for the present one.
    pub to: Option<DateTime<Utc>>,
    /// Working seconds of the clock before it.
    pub ran_before: i64,
    /// Working seconds within it; none while it lasts.
    pub ran: Option<i64>,
    /// The due time that held in it; none when it didn't run.
    pub due: Option<DateTime<Utc>>,
}

impl Interval {
    /// Did it run on after its due time?
    #[must_use]
    pub fn overran(&self) -> bool {
        matches!((self.due, self.to), (Some(due), Some(to)) if to > due)
    }
}

/// A clock with its whole ledger.
#[derive(Clone, Debug)]
pub struct Clock {
    /// What it measures.
    pub kind: SlaClockKind,
    /// The stay in a step that it measures.
    pub step_entry: Option<Uuid>,
    /// Policy and calendar that hold.
    pub level: Arc<Level>,
    /// Working seconds allowed.
    pub target: i64,
    /// The ledger, in order.
    pub intervals: Vec<Interval>,
    /// Whether what it measures happened in time; none while it is open, or when it was cut off without a verdict.
    pub met: Option<bool>,
    /// The due time that was missed first.
    pub breached_at: Option<DateTime<Utc>>,
    /// When the warning about the present target was given.
    pub warned_at: Option<DateTime<Utc>>,
    /// When the breach of the present target was escalated.
    pub escalated_at: Option<DateTime<Utc>>,
}

/// Reading.
impl Clock {
    /// Running, paused, or stopped.
    #[must_use]
    pub fn state(&self) -> SlaClockState {
        match self.intervals.last() {
            Some(last) if last.to.is_none() => last.state,
            _ => SlaClockState::Stopped,
        }
    }

    /// Does it run or wait?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state() != SlaClockState::Stopped
    }

    /// When it was started.
    #[must_use]
    pub fn started_at(&self) -> Option<DateTime<Utc>> {
        self.intervals.first().map(|first| first.from)
    }

    /// When it stopped; none while it is open.
    #[must_use]
    pub fn stopped_at(&self) -> Option<DateTime<Utc>> {
        self.intervals.last().and_then(|last| last.to)
    }

    /// When the target is used up if it runs on; none unless it runs.
    #[must_use]
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.running().and_then(|interval| interval.due)
    }

    /// When a warning is called for; none unless it runs. Never later than the due time.
    #[must_use]
    pub fn warn(&self) -> Option<DateTime<Utc>> {
        let running = self.running()?;
        let share = self.target * i64::from(self.level.warn_percent) / 100;
        let left = (share - running.ran_before).max(0);
        let warn = self.level.calendar.after(running.from, left)?;
        Some(running.due.map_or(warn, |due| warn.min(due)))
    }

    /// Working seconds up to the beginning of the present interval, or altogether once it has stopped.
    #[must_use]
    pub fn ran(&self) -> i64 {
        self.intervals
            .last()
            .map_or(0, |last| last.ran_before + last.ran.unwrap_or(0))
    }

    /// Working seconds altogether at a moment.
    #[must_use]
    pub fn ran_at(&self, now: DateTime<Utc>) -> i64 {
        let present = self.running().map_or(0, |interval| {
            self.level
                .calendar
                .working_seconds(interval.from, second(now))
        });
        self.ran() + present
    }

    fn running(&self) -> Option<&Interval> {
        self.intervals
            .last()
            .filter(|last| last.to.is_none() && last.state == SlaClockState::Running)
    }
}

/// What can be done to it. Each does nothing when it doesn't apply, so that a repeated event does no harm.
impl Clock {
    /// Starts a clock, paused if the ticket waits for that reason.
    #[must_use]
    pub fn start(
        kind: SlaClockKind,
        step_entry: Option<Uuid>,
        level: Arc<Level>,
        target: i64,
        waits: Option<SlaReason>,
        at: DateTime<Utc>,
    ) -> Self {
        let mut clock = Self {
            kind,
            step_entry,
            level,
            target,
            intervals: Vec::new(),
            met: None,
            breached_at: None,
            warned_at: None,
            escalated_at: None,
        };
        let at = clock.moment(at);
        match waits {
            None => clock.open(SlaClockState::Running, SlaReason::Started, at),
            Some(reason) => clock.open(SlaClockState::Paused, reason, at),
        }
        clock
    }

    /// Waits; or waits for another reason than before.
    pub fn pause(&mut self, reason: SlaReason, at: DateTime<Utc>) {
        let waits_already = self
            .intervals
            .last()
            .is_some_and(|last| last.state == SlaClockState::Paused && last.reason == reason);
        if self.is_open() && !waits_already {
            let at = self.moment(at);
            self.close(at);
            self.open(SlaClockState::Paused, reason, at);
        }
    }

    /// Goes on after waiting.
    pub fn resume(&mut self, at: DateTime<Utc>) {
        if self.state() == SlaClockState::Paused {
            let at = self.moment(at);
            self.close(at);
            self.open(SlaClockState::Running, SlaReason::Resumed, at);
        }
    }

    /// Goes on under other terms, for a reason; `waits` says whether the new policy lets it wait now.
    pub fn change(
        &mut self,
        level: Arc<Level>,
        target: i64,
        waits: bool,
        reason: SlaReason,
        at: DateTime<Utc>,
    ) {
        let state = if waits {
            SlaClockState::Paused
        } else {
            SlaClockState::Running
        };
        let same = self.level.is(&level) && self.target == target && self.state() == state;
        if !self.is_open() || same {
            return;
        }
        let at = self.moment(at);
        self.close(at);
        self.adopt(level, target);
        self.open(state, reason, at);
        // A new time to come is worth a new escalation; one that has passed with the change was told before.
        if self.due().is_some_and(|due| due > at) {
            self.escalated_at = None;
        }
    }

    /// Stops: what it measures has happened, or nobody waits for it any more and there is no verdict.
    pub fn stop(&mut self, verdict: bool, at: DateTime<Utc>) {
        if self.is_open() {
            let at = self.moment(at);
            self.close(at);
            self.met = verdict.then_some(self.breached_at.is_none());
        }
    }

    /// Goes on after it had stopped, with what has run. The time in between is an interval of its own.
    pub fn go_on(
        &mut self,
        level: Arc<Level>,
        target: i64,
        waits: Option<SlaReason>,
        at: DateTime<Utc>,
    ) {
        let Some(stopped) = self.stopped_at() else {
            return;
        };
        let at = self.moment(at);
        self.open(SlaClockState::Stopped, SlaReason::Stopped, stopped);
        self.close(at);
        self.adopt(level, target);
        self.met = None;
        match waits {
            None => self.open(SlaClockState::Running, SlaReason::Reopened, at),
            Some(reason) => self.open(SlaClockState::Paused, reason, at),
        }
    }

    /// Puts a missed due time on record while the clock still runs.
    pub fn note_breach(&mut self, now: DateTime<Utc>) {
        if let Some(due) = self.due().filter(|due| *due < second(now)) {
            self.breached_at.get_or_insert(due);
        }
    }

    fn adopt(&mut self, level: Arc<Level>, target: i64) {
        if self.target != target {
            self.warned_at = None;
        }
        self.level = level;
        self.target = target;
    }

    /// The moment as the ledger writes it: a whole second, and never before what is written already.
    fn moment(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let written = self
            .intervals
            .last()
            .map(|last| last.to.unwrap_or(last.from));
        let at = second(at);
        written.map_or(at, |written| at.max(written))
    }

    fn close(&mut self, at: DateTime<Utc>) {
        let Some(last) = self.intervals.last_mut().filter(|last| last.to.is_none()) else {
            return;
        };
        last.ran = Some(if last.state == SlaClockState::Running {
            self.level.calendar.working_seconds(last.from, at)
        } else {
            0
        });
        last.to = Some(at);
        if last.overran()
            && let Some(due) = last.due
        {
            self.breached_at.get_or_insert(due);
        }
    }

    fn open(&mut self, state: SlaClockState, reason: SlaReason, at: DateTime<Utc>) {
        let ran_before = self.ran();
        let due = if state == SlaClockState::Running {
            self.due_from(at, ran_before)
        } else {
            None
        };
        let number = self.intervals.last().map_or(0, |last| last.number) + 1;
        self.intervals.push(Interval {
            number,
            state,
            reason,
            policy_version: self.level.policy_version,
            calendar_version: self.level.calendar_version,
            target: self.target,
            from: at,
            to: None,
            ran_before,
            ran: None,
            due,
        });
    }

    /// When the rest of the target has run. A target that was missed before keeps the time at which it was missed.
    fn due_from(&self, at: DateTime<Utc>, ran_before: i64) -> Option<DateTime<Utc>> {
        let missed = self
            .intervals
            .iter()
            .rev()
            .find(|earlier| earlier.target == self.target && earlier.overran());
        match missed {
            Some(earlier) => earlier.due,
            None => self
                .level
                .calendar
                .after(at, (self.target - ran_before).max(0)),
        }
    }
}

/// Whole seconds: the part of a second that has begun isn't counted.
#[must_use]
pub fn second(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(0)
}
