//! Who may begin when, and until when answers are taken (答题时限): the server's time decides, and there is no grace.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{ExamAttemptState, ExamState};

/// How long after a deadline an attempt is closed: longer than a request may last, so that an answer which arrived in time
/// and is still being written isn't shut out. It takes nothing that arrived later.
pub const SETTLING: TimeDelta = TimeDelta::seconds(15);

/// What of an exam decides on sitting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What has become of it.
    pub state: ExamState,
    /// From when attempts may begin.
    pub opens_at: DateTime<Utc>,
    /// When every attempt has to be over.
    pub closes_at: DateTime<Utc>,
    /// How long an attempt may take.
    pub time_limit_minutes: i32,
    /// How many attempts there are.
    pub attempts_allowed: i32,
    /// How long after an attempt the next one may begin.
    pub wait_hours: i32,
}

/// An earlier attempt of the same member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// How far it is.
    pub state: ExamAttemptState,
    /// Until when it takes answers.
    pub deadline: DateTime<Utc>,
    /// When it was handed in.
    pub handed_in_at: Option<DateTime<Utc>>,
}

impl Earlier {
    /// When it was over, or will be.
    fn over_at(&self) -> DateTime<Utc> {
        self.handed_in_at.unwrap_or(self.deadline)
    }

    /// Does it still take answers?
    fn is_running(&self, now: DateTime<Utc>) -> bool {
        self.state == ExamAttemptState::InProgress && now < self.deadline
    }
}

/// Why nobody may begin now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It isn't on.
    NotOn,
    /// It isn't open before this moment.
    NotYet(DateTime<Utc>),
    /// Its window is over.
    Over,
    /// An attempt is running: it can be gone on with.
    Running,
    /// No attempts are left.
    NoneLeft,
    /// The next one may begin at this moment.
    Wait(DateTime<Utc>),
}

/// Which attempt it would be and until when it would take answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begin {
    /// Counts from 1.
    pub number: i32,
    /// The first moment at which no answer is taken any more.
    pub deadline: DateTime<Utc>,
}

/// May an attempt begin now?
///
/// # Errors
/// Why not.
pub fn begin(terms: &Terms, earlier: &[Earlier], now: DateTime<Utc>) -> Result<Begin, Refusal> {
    if terms.state != ExamState::Active {
        return Err(Refusal::NotOn);
    }
    if now < terms.opens_at {
        return Err(Refusal::NotYet(terms.opens_at));
    }
    if now >= terms.closes_at {
        return Err(Refusal::Over);
    }
    if earlier.iter().any(|one| one.is_running(now)) {
        return Err(Refusal::Running);
    }
    let number = i32::try_from(earlier.len()).unwrap_or(i32::MAX - 1) + 1;
    if number > terms.attempts_allowed {
        return Err(Refusal::NoneLeft);
    }
    if let Some(next) = next_at(terms, earlier)
        && now < next
    {
        return Err(Refusal::Wait(next));
    }
    let limit = now + TimeDelta::minutes(i64::from(terms.time_limit_minutes));
    Ok(Begin {
        number,
        deadline: limit.min(terms.closes_at),
    })
}

/// When the next attempt may begin, by the waiting time after the last one.
#[must_use]
pub fn next_at(terms: &Terms, earlier: &[Earlier]) -> Option<DateTime<Utc>> {
    let last = earlier.iter().map(Earlier::over_at).max()?;
    last.checked_add_signed(TimeDelta::hours(i64::from(terms.wait_hours)))
}

/// Is an answer that arrived now taken? Up to the deadline, not at it.
#[must_use]
pub fn takes_answers(
    state: ExamAttemptState,
    deadline: DateTime<Utc>,
    arrived: DateTime<Utc>,
) -> bool {
    state == ExamAttemptState::InProgress && arrived < deadline
}

/// May the server close an attempt now?
#[must_use]
pub fn is_settled(deadline: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now >= deadline + SETTLING
}

/// Whole seconds left.
#[must_use]
pub fn seconds_left(state: ExamAttemptState, deadline: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    if state == ExamAttemptState::InProgress {
        (deadline - now).num_seconds().max(0)
    } else {
        0
    }
}

#[cfg(test)]
#[path = "sitting_tests.rs"]
mod tests;
