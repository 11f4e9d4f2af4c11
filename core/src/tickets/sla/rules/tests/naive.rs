//! A second opinion: walks through a ledger minute by minute and looks at the wall clock, without any arithmetic on
//! windows, targets or due times but its own.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::SlaClockState;

use super::calendars::Timetable;
use crate::tickets::sla::rules::clock::{Clock, Interval};

/// Worked minutes of an interval up to a moment, counted one by one.
pub fn minutes(timetable: &Timetable, interval: &Interval, now: DateTime<Utc>) -> i64 {
    if interval.state != SlaClockState::Running {
        return 0;
    }
    let end = interval.to.unwrap_or(now);
    let mut minute = interval.from;
    let mut worked = 0;
    while minute < end {
        worked += i64::from(timetable.works_at(minute));
        minute += TimeDelta::minutes(1);
    }
    worked
}

/// The moment at which that many minutes have been worked since `from`, found minute by minute; none within 40 days.
pub fn end_of(timetable: &Timetable, from: DateTime<Utc>, minutes: i64) -> Option<DateTime<Utc>> {
    let (mut left, mut minute) = (minutes, from);
    while left > 0 {
        if minute - from > TimeDelta::days(40) {
            return None;
        }
        left -= i64::from(timetable.works_at(minute));
        minute += TimeDelta::minutes(1);
    }
    Some(minute)
}

/// What a clock shows, told from its intervals alone.
#[derive(Debug, PartialEq, Eq)]
pub struct Replay {
    pub state: SlaClockState,
    pub started_at: Option<DateTime<Utc>>,
    pub stopped_at: Option<DateTime<Utc>>,
    pub ran: i64,
    pub due: Option<DateTime<Utc>>,
    pub target: Option<i64>,
    pub breached_at: Option<DateTime<Utc>>,
}

impl Replay {
    /// Goes through the ledger from its beginning.
    pub fn of(intervals: &[Interval]) -> Self {
        let mut replay = Self {
            state: SlaClockState::Stopped,
            started_at: None,
            stopped_at: None,
            ran: 0,
            due: None,
            target: None,
            breached_at: None,
        };
        for interval in intervals {
            replay.started_at = replay.started_at.or(Some(interval.from));
            replay.target = Some(interval.target);
            replay.ran += interval.ran.unwrap_or(0);
            replay.stopped_at = interval.to;
            replay.state = match interval.to {
                Some(_) => SlaClockState::Stopped,
                None => interval.state,
            };
            replay.due = interval.due.filter(|_| interval.to.is_none());
            if let (Some(due), Some(to)) = (interval.due, interval.to)
                && to > due
                && replay.breached_at.is_none()
            {
                replay.breached_at = Some(due);
            }
        }
        replay
    }

    /// The same as the clock says it.
    pub fn shown(clock: &Clock) -> Self {
        Self {
            state: clock.state(),
            started_at: clock.started_at(),
            stopped_at: clock.stopped_at(),
            ran: clock.ran(),
            due: clock.due(),
            target: Some(clock.target),
            breached_at: clock.breached_at,
        }
    }
}
