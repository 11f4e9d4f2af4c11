//! Who has to do what by when.

use chrono::{Days, NaiveDate};
use entity::enums::TrainingAttendance;

/// So many days before its end a duty that isn't done is due soon.
pub const SOON: i64 = 14;

/// Somebody's attendance of one session of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attended {
    /// In full, in part or none.
    pub attendance: TrainingAttendance,
    /// For how long.
    pub minutes: i32,
}

/// Is a course done? In full once, or in parts that come to as much.
#[must_use]
pub fn done(course_minutes: i32, attended: &[Attended]) -> bool {
    attended
        .iter()
        .any(|one| one.attendance == TrainingAttendance::Present)
        || attended.iter().map(|one| one.minutes).sum::<i32>() >= course_minutes
}

/// Until when a path has to be done, the last day included: so many days after the position was taken up, or after the path
/// became mandatory.
#[must_use]
pub fn due(since: NaiveDate, mandatory_from: NaiveDate, days: i32) -> NaiveDate {
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    since.max(mandatory_from) + days
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyState {
    /// Its time is over, and it isn't done.
    Overdue,
    /// Its time is over in two weeks.
    DueSoon,
    /// There is time.
    Open,
    /// Everything is done.
    Done,
}

/// How a duty stands on a day.
#[must_use]
pub fn state(done: usize, of: usize, due: NaiveDate, today: NaiveDate) -> DutyState {
    if done >= of {
        DutyState::Done
    } else if today > due {
        DutyState::Overdue
    } else if (due - today).num_days() <= SOON {
        DutyState::DueSoon
    } else {
        DutyState::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TrainingAttendance::{Absent, Part, Present};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
    }

    #[test]
    fn a_course_is_done_in_full_or_in_parts() {
        let one = |attendance, minutes| Attended {
            attendance,
            minutes,
        };
        for (attended, expected) in [
            (vec![], false),
            (vec![one(Absent, 0)], false),
            (vec![one(Part, 60)], false),
            (vec![one(Part, 60), one(Part, 60)], true),
            // A session may be shorter than the course says.
            (vec![one(Present, 90)], true),
        ] {
            assert_eq!(done(120, &attended), expected, "{attended:?}");
        }
    }

    #[test]
    fn time_runs_from_the_position_or_from_when_it_became_mandatory() {
        for (since, mandatory, expected) in [
            (day(1, 1), day(2, 1), day(3, 3)),
            (day(3, 1), day(2, 1), day(3, 31)),
        ] {
            assert_eq!(due(since, mandatory, 30), expected, "{since}");
        }
    }

    #[test]
    fn a_duty_by_day() {
        for (done, today, expected) in [
            (0, day(2, 1), DutyState::Open),
            (0, day(3, 16), DutyState::Open),
            (0, day(3, 17), DutyState::DueSoon),
            (1, day(3, 31), DutyState::DueSoon),
            (1, day(4, 1), DutyState::Overdue),
            (2, day(4, 1), DutyState::Done),
        ] {
            assert_eq!(state(done, 2, day(3, 31), today), expected, "{today}");
        }
    }
}
