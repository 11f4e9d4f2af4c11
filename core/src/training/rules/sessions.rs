//! From which state a session comes to which, and when.

use chrono::{DateTime, Utc};
use entity::enums::{TrainingAttendance, TrainingSessionState};

use TrainingSessionState::{Cancelled, Held, Open, Planned, Running};

/// What is done with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Members can enrol.
    Open,
    /// It begins.
    Start,
    /// It is over: who wasn't checked in was absent.
    Finish,
    /// It doesn't take place.
    Cancel,
}

/// Every step that there is: from, what is done, to.
pub const TABLE: [(TrainingSessionState, Step, TrainingSessionState); 6] = [
    (Planned, Step::Open, Open),
    (Open, Step::Start, Running),
    (Running, Step::Finish, Held),
    (Planned, Step::Cancel, Cancelled),
    (Open, Step::Cancel, Cancelled),
    (Running, Step::Cancel, Cancelled),
];

/// When a session takes place, and until when members can enrol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Until when members can enrol.
    pub enrol_until: DateTime<Utc>,
    /// From when.
    pub starts_at: DateTime<Utc>,
}

/// Why a step can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not from this state.
    State(TrainingSessionState),
    /// Nobody could enrol any more.
    TooLate,
    /// It hasn't begun by the clock.
    TooEarly,
    /// Somebody was checked in already: what was attended isn't undone.
    Attended,
}

/// The state after a step.
///
/// # Errors
/// Why it can't be taken.
pub fn next(
    state: TrainingSessionState,
    step: Step,
    times: Times,
    attended: bool,
    now: DateTime<Utc>,
) -> Result<TrainingSessionState, Refusal> {
    let (_, _, to) = TABLE
        .iter()
        .find(|(from, taken, _)| (*from, *taken) == (state, step))
        .ok_or(Refusal::State(state))?;
    match step {
        Step::Open if now >= times.enrol_until => Err(Refusal::TooLate),
        // Rooms are opened and people checked in before the hour.
        Step::Start if now < times.starts_at - chrono::TimeDelta::hours(1) => {
            Err(Refusal::TooEarly)
        }
        Step::Finish if now < times.starts_at => Err(Refusal::TooEarly),
        Step::Cancel if attended => Err(Refusal::Attended),
        _ => Ok(*to),
    }
}

/// Can it still be changed?
#[must_use]
pub const fn is_ahead(state: TrainingSessionState) -> bool {
    matches!(state, Planned | Open)
}

/// Can attendance be recorded?
#[must_use]
pub const fn takes_attendance(state: TrainingSessionState) -> bool {
    matches!(state, Running | Held)
}

/// The minutes that attendance counts: all, those that are given, or none. None when those given don't fit.
#[must_use]
pub const fn attended(
    attendance: TrainingAttendance,
    given: Option<i32>,
    whole: i32,
) -> Option<i32> {
    match (attendance, given) {
        (TrainingAttendance::Present, None) => Some(whole),
        (TrainingAttendance::Absent, None) => Some(0),
        (TrainingAttendance::Part, Some(minutes)) if minutes > 0 && minutes < whole => {
            Some(minutes)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_416_800, 0).expect("a time") + TimeDelta::minutes(minutes)
    }

    /// Enrolment ends at 0, the session begins at 120.
    const fn times(enrol_until: DateTime<Utc>, starts_at: DateTime<Utc>) -> Times {
        Times {
            enrol_until,
            starts_at,
        }
    }

    #[test]
    fn steps_by_state_and_time() {
        for (state, step, minute, attended, expected) in [
            (Planned, Step::Open, -1, false, Ok(Open)),
            (Planned, Step::Open, 0, false, Err(Refusal::TooLate)),
            (
                Planned,
                Step::Start,
                120,
                false,
                Err(Refusal::State(Planned)),
            ),
            (Open, Step::Start, 59, false, Err(Refusal::TooEarly)),
            (Open, Step::Start, 60, false, Ok(Running)),
            (Open, Step::Start, 500, false, Ok(Running)),
            (Running, Step::Finish, 119, false, Err(Refusal::TooEarly)),
            (Running, Step::Finish, 120, true, Ok(Held)),
            (Running, Step::Cancel, 130, false, Ok(Cancelled)),
            (Running, Step::Cancel, 130, true, Err(Refusal::Attended)),
            (Open, Step::Open, -1, false, Err(Refusal::State(Open))),
            (Held, Step::Cancel, 500, false, Err(Refusal::State(Held))),
            (
                Cancelled,
                Step::Open,
                -1,
                false,
                Err(Refusal::State(Cancelled)),
            ),
        ] {
            let got = next(state, step, times(at(0), at(120)), attended, at(minute));
            assert_eq!(got, expected, "{state:?} {step:?} at {minute}");
        }
    }

    #[test]
    fn what_is_over_stays_over() {
        for step in [Step::Open, Step::Start, Step::Finish, Step::Cancel] {
            for over in [Held, Cancelled] {
                let got = next(over, step, times(at(0), at(120)), false, at(200));
                assert_eq!(got, Err(Refusal::State(over)));
            }
        }
    }

    #[test]
    fn minutes_follow_attendance() {
        use TrainingAttendance::{Absent, Part, Present};
        for (attendance, given, expected) in [
            (Present, None, Some(90)),
            (Present, Some(90), None),
            (Part, Some(30), Some(30)),
            (Part, Some(90), None),
            (Part, Some(0), None),
            (Part, None, None),
            (Absent, None, Some(0)),
            (Absent, Some(10), None),
        ] {
            assert_eq!(
                attended(attendance, given, 90),
                expected,
                "{attendance:?} {given:?}"
            );
        }
    }
}
