//! What a ticket shows of its clocks: the next due time, and one word for how it stands (时限状态).

use chrono::{DateTime, Utc};
use entity::enums::{SlaClockKind, SlaClockState, SlaStanding};

use super::clock::{Clock, second};

/// What a ticket keeps of its clocks, so that lists can be filtered and sorted by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Whether clocks run, wait, or have ended well; none without clocks, and when all were cut off without a verdict.
    pub standing: Option<SlaStanding>,
    /// The earliest due time of running clocks.
    pub due: Option<DateTime<Utc>>,
    /// The earliest time at which a running clock calls for a warning.
    pub warn: Option<DateTime<Utc>>,
    /// The first due time that was missed.
    pub breached: Option<DateTime<Utc>>,
}

/// Sums up the clocks of a ticket. A step that took too long doesn't spoil the promises to the customer.
#[must_use]
pub fn summary(clocks: &[Clock]) -> Summary {
    let any = |state| clocks.iter().any(|clock| clock.state() == state);
    let verdict = |met| {
        clocks
            .iter()
            .any(|clock| clock.kind != SlaClockKind::Step && clock.met == Some(met))
    };
    let standing = if any(SlaClockState::Running) {
        Some(SlaStanding::Running)
    } else if any(SlaClockState::Paused) {
        Some(SlaStanding::Paused)
    } else if verdict(false) {
        Some(SlaStanding::Missed)
    } else if verdict(true) {
        Some(SlaStanding::Met)
    } else {
        None
    };
    Summary {
        standing,
        due: clocks.iter().filter_map(Clock::due).min(),
        warn: clocks.iter().filter_map(Clock::warn).min(),
        breached: clocks.iter().filter_map(|clock| clock.breached_at).min(),
    }
}

/// How a ticket stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// No policy is for it, or all its clocks were cut off without a verdict.
    None,
    /// Clocks run, and none is near its due time.
    OnTrack,
    /// A due time comes near.
    Warning,
    /// A running clock has passed its due time.
    Breached,
    /// All open clocks wait.
    Paused,
    /// It has ended, and every promise was kept.
    Met,
    /// It has ended, and a promise was not kept.
    Missed,
}

impl State {
    /// The state that follows from what the ticket keeps. `store::standing_in` says the same in SQL.
    #[must_use]
    pub fn of(summary: Summary, now: DateTime<Utc>) -> Self {
        let now = second(now);
        match summary.standing {
            None => Self::None,
            Some(SlaStanding::Paused) => Self::Paused,
            Some(SlaStanding::Met) => Self::Met,
            Some(SlaStanding::Missed) => Self::Missed,
            Some(SlaStanding::Running) => {
                if summary.due.is_some_and(|due| due < now) {
                    Self::Breached
                } else if summary.warn.is_some_and(|warn| warn <= now) {
                    Self::Warning
                } else {
                    Self::OnTrack
                }
            }
        }
    }
}
