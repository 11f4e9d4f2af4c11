//! How long somebody has been here, and what can be decided about a probation.

use chrono::{Months, NaiveDate};
use entity::enums::{ProbationOutcome, ProbationState};

/// How long a member has worked here, by the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Whole years.
    pub years: i32,
    /// Whole months beyond them.
    pub months: i32,
    /// Days beyond those.
    pub days: i32,
    /// All days.
    pub total_days: i32,
}

/// The tenure on a day: from the first day of work to that day, or to the first day after the last one for whoever has left.
/// None before the first day. A month is over on the day with the same number, or on the last of a shorter month.
#[must_use]
pub fn tenure(joined: NaiveDate, left: Option<NaiveDate>, day: NaiveDate) -> Option<Tenure> {
    let until = left.map_or(day, |left| left.min(day));
    let total = (until - joined).num_days();
    if day < joined || total < 0 {
        return None;
    }
    let after = |months: u32| joined.checked_add_months(Months::new(months));
    // A month has at least 28 days, so this is never too few.
    let most = u32::try_from(total / 28).unwrap_or(0);
    let months = (0..=most)
        .rev()
        .find(|months| after(*months).is_some_and(|day| day <= until))
        .unwrap_or(0);
    let rest = after(months).map_or(0, |day| (until - day).num_days());
    let whole = i32::try_from(months).unwrap_or(i32::MAX);
    Some(Tenure {
        years: whole / 12,
        months: whole % 12,
        days: i32::try_from(rest).unwrap_or(i32::MAX),
        total_days: i32::try_from(total).unwrap_or(i32::MAX),
    })
}

/// A probation as far as decisions look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// How far it is.
    pub state: ProbationState,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The first day on which it should be over.
    pub planned_end: NaiveDate,
    /// The first day on which it was over.
    pub ended_on: Option<NaiveDate>,
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Confirmed, extended or ended.
    pub outcome: ProbationOutcome,
    /// From which day on.
    pub on: NaiveDate,
    /// To which day it is extended.
    pub new_end: Option<NaiveDate>,
}

/// Why something can't be decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is over.
    Over,
    /// The day isn't within it, or further ahead than its planned end.
    Day,
    /// An extension needs a day after the planned end, and only an extension has one.
    NewEnd,
    /// It would be longer than is allowed; the latest end.
    TooLong(NaiveDate),
}

/// The latest end of a probation that begins on a day.
#[must_use]
pub fn latest_end(starts_on: NaiveDate, longest_months: u32) -> NaiveDate {
    starts_on
        .checked_add_months(Months::new(longest_months))
        .unwrap_or(NaiveDate::MAX)
}

/// What becomes of a probation by a decision of `today`.
///
/// # Errors
/// Why it can't be decided so.
pub fn decide(
    course: Course,
    decision: Decision,
    today: NaiveDate,
    longest_months: u32,
) -> Result<Course, Refusal> {
    if course.state != ProbationState::Running {
        return Err(Refusal::Over);
    }
    let latest = course.planned_end.max(today);
    if decision.on <= course.starts_on || decision.on > latest {
        return Err(Refusal::Day);
    }
    match (decision.outcome, decision.new_end) {
        (ProbationOutcome::Extended, Some(end))
            if end > course.planned_end && end > decision.on =>
        {
            let most = latest_end(course.starts_on, longest_months);
            if end > most {
                return Err(Refusal::TooLong(most));
            }
            Ok(Course {
                planned_end: end,
                ..course
            })
        }
        (ProbationOutcome::Confirmed, None) => Ok(Course {
            state: ProbationState::Confirmed,
            ended_on: Some(decision.on),
            ..course
        }),
        (ProbationOutcome::Ended, None) => Ok(Course {
            state: ProbationState::Ended,
            ended_on: Some(decision.on),
            ..course
        }),
        _ => Err(Refusal::NewEnd),
    }
}

/// Does a probation wait for a decision on a day?
#[must_use]
pub fn is_due(course: Course, day: NaiveDate, notice_days: i64) -> bool {
    course.state == ProbationState::Running && (course.planned_end - day).num_days() <= notice_days
}

#[cfg(test)]
mod tests {
    use chrono::{Days, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn tenures() {
        for (joined, left, on, expected) in [
            ("2024-03-01", None, "2024-03-01", Some((0, 0, 0))),
            ("2024-03-01", None, "2026-04-05", Some((2, 1, 4))),
            ("2024-03-01", None, "2024-02-29", None),
            // Whoever joined on the 31st has a month on the last day of a shorter one.
            ("2025-01-31", None, "2025-02-28", Some((0, 1, 0))),
            ("2024-02-29", None, "2025-02-28", Some((1, 0, 0))),
            // For whoever has left it stands still.
            (
                "2024-03-01",
                Some("2025-03-01"),
                "2026-04-05",
                Some((1, 0, 0)),
            ),
        ] {
            let got = tenure(day(joined), left.map(day), day(on));
            let got = got.map(|one| (one.years, one.months, one.days));
            assert_eq!(got, expected, "{joined} {left:?} {on}");
        }
    }

    fn running() -> Course {
        Course {
            state: ProbationState::Running,
            starts_on: day("2026-01-01"),
            planned_end: day("2026-04-01"),
            ended_on: None,
        }
    }

    #[test]
    fn decisions() {
        use ProbationOutcome::{Confirmed, Ended, Extended};
        for (outcome, on, new_end, expected) in [
            (
                Confirmed,
                "2026-03-20",
                None,
                Ok(("confirmed", "2026-04-01")),
            ),
            (Ended, "2026-02-01", None, Ok(("ended", "2026-04-01"))),
            (
                Extended,
                "2026-03-20",
                Some("2026-05-01"),
                Ok(("running", "2026-05-01")),
            ),
            // Not before it began, nor further ahead than its end.
            (Confirmed, "2026-01-01", None, Err(Refusal::Day)),
            (Confirmed, "2026-04-02", None, Err(Refusal::Day)),
            // An extension says until when, the others don't.
            (Extended, "2026-03-20", None, Err(Refusal::NewEnd)),
            (
                Extended,
                "2026-03-20",
                Some("2026-04-01"),
                Err(Refusal::NewEnd),
            ),
            (
                Confirmed,
                "2026-03-20",
                Some("2026-05-01"),
                Err(Refusal::NewEnd),
            ),
            (
                Extended,
                "2026-03-20",
                Some("2026-07-02"),
                Err(Refusal::TooLong(day("2026-07-01"))),
            ),
        ] {
            let decision = Decision {
                outcome,
                on: day(on),
                new_end: new_end.map(day),
            };
            let got = decide(running(), decision, day("2026-03-20"), 6).map(|course| {
                let state = match course.state {
                    ProbationState::Running => "running",
                    ProbationState::Confirmed => "confirmed",
                    ProbationState::Ended => "ended",
                };
                (state, course.planned_end)
            });
            let expected = expected.map(|(state, end)| (state, day(end)));
            assert_eq!(got, expected, "{outcome:?} {on} {new_end:?}");
        }
    }

    #[test]
    fn due_from_the_notice_on_until_somebody_decides() {
        let due = |on| is_due(running(), day(on), 14);
        assert_eq!(
            [due("2026-03-17"), due("2026-03-18"), due("2026-06-01")],
            [false, true, true]
        );
        let over = Course {
            state: ProbationState::Confirmed,
            ..running()
        };
        assert!(!is_due(over, day("2026-06-01"), 14));
    }

    proptest! {
        /// Years, months and days lead from the first day to that day, and tenure never shrinks.
        #[test]
        fn tenure_adds_up(start in 0_u64..8_000, length in 0_u64..16_000) {
            let joined = day("2000-01-01") + Days::new(start);
            let on = joined + Days::new(length);
            let now = tenure(joined, None, on).expect("a tenure");
            let months = u32::try_from(now.years * 12 + now.months).expect("months");
            let anniversary = joined.checked_add_months(Months::new(months)).expect("a day");
            prop_assert_eq!(anniversary + TimeDelta::days(now.days.into()), on);
            prop_assert!((0..12).contains(&now.months) && (0..31).contains(&now.days));
            prop_assert_eq!(u64::try_from(now.total_days).expect("days"), length);
            let next = tenure(joined, None, on + Days::new(1)).expect("a tenure");
            prop_assert!((next.years, next.months, next.days) > (now.years, now.months, now.days));
        }

        /// Whatever is decided in whatever order: it never exceeds the longest time, and nothing happens after its end.
        #[test]
        fn a_probation_ends_once_and_is_never_too_long(steps in proptest::collection::vec((0_usize..3, 0_i64..400, proptest::option::of(0_i64..400)), 0..12), longest in 1_u32..12) {
            let start = day("2026-01-01");
            let mut course = Course { planned_end: day("2026-02-01"), ..running() };
            let mut over = false;
            for (outcome, on, new_end) in steps {
                let outcome = [ProbationOutcome::Confirmed, ProbationOutcome::Extended, ProbationOutcome::Ended][outcome];
                let on = start + TimeDelta::days(on);
                let decision = Decision { outcome, on, new_end: new_end.map(|days| start + TimeDelta::days(days)) };
                match decide(course, decision, on, longest) {
                    Err(_) => {}
                    Ok(next) => {
                        prop_assert!(!over, "something was decided after the end");
                        prop_assert!(next.planned_end >= course.planned_end);
                        prop_assert!(next.planned_end <= latest_end(start, longest));
                        prop_assert_eq!(next.ended_on.is_some(), next.state != ProbationState::Running);
                        over = next.state != ProbationState::Running;
                        course = next;
                    }
                }
            }
        }
    }
}
