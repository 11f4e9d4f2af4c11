//! How much of a member's time is given away.

use chrono::NaiveDate;
use entity::assignment;
use uuid::Uuid;

use crate::organisation::rules::{Span, WHOLE_TIME, holds_on};

/// The share of a member's working time that is given away on a day, in percent.
#[must_use]
pub fn allocated(rows: &[assignment::Model], day: NaiveDate) -> i32 {
    rows.iter()
        .filter(|row| holds_on(row.valid_from, row.valid_to, day))
        .map(|row| row.percent)
        .sum()
}

/// A member who would have more to do than there is time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overload {
    /// Who.
    pub member: Uuid,
    /// The first day on which the sum is highest.
    pub day: NaiveDate,
    /// What the shares add up to on it.
    pub percent: i32,
}

/// The worst day of a member within a span, when the shares add up to more than the whole there.
#[must_use]
pub fn overload(member: Uuid, rows: &[assignment::Model], span: Span) -> Option<Overload> {
    let within = |day: &NaiveDate| holds_on(span.from, span.to, *day);
    // The sum only rises on a day on which something starts.
    let mut days: Vec<NaiveDate> = rows
        .iter()
        .map(|row| row.valid_from)
        .chain([span.from])
        .filter(within)
        .collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter()
        .map(|day| Overload {
            member,
            day,
            percent: allocated(rows, day),
        })
        .filter(|load| load.percent > WHOLE_TIME)
        .max_by_key(|load| (load.percent, std::cmp::Reverse(load.day)))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use entity::enums::AssignmentKind;
    use proptest::prelude::*;

    use super::*;

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day") + TimeDelta::days(number)
    }

    fn share(percent: i32, from: i64, to: Option<i64>) -> assignment::Model {
        let at = DateTime::from_timestamp(0, 0).expect("a time");
        assignment::Model {
            id: Uuid::nil(),
            member_id: Uuid::nil(),
            kind: AssignmentKind::Project,
            department_id: None,
            team_id: Some(Uuid::nil()),
            region_id: None,
            position_id: None,
            role: String::new(),
            percent,
            valid_from: day(from),
            valid_to: to.map(day),
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    #[test]
    fn the_worst_day_is_told() {
        let span = |from, to: Option<i64>| Span {
            from: day(from),
            to: to.map(day),
        };
        for (rows, span, expected) in [
            (
                vec![share(80, 0, None), share(20, 5, None)],
                span(5, None),
                None,
            ),
            (
                vec![share(80, 0, None), share(30, 5, None)],
                span(5, None),
                Some((5, 110)),
            ),
            (
                vec![
                    share(80, 0, None),
                    share(30, 5, None),
                    share(10, 9, Some(12)),
                ],
                span(5, None),
                Some((9, 120)),
            ),
            (
                vec![
                    share(80, 0, None),
                    share(30, 5, Some(8)),
                    share(40, 9, None),
                ],
                span(5, Some(8)),
                Some((5, 110)),
            ),
        ] {
            let found = overload(Uuid::nil(), &rows, span);
            let expected = expected.map(|(on, percent)| (day(on), percent));
            assert_eq!(found.map(|load| (load.day, load.percent)), expected);
        }
    }

    proptest! {
        /// No day of the span has more than what is told, and what is told is so.
        #[test]
        fn no_day_is_worse(
            rows in proptest::collection::vec((1_i32..=100, 0_i64..30, proptest::option::of(1_i64..20)), 1..6),
            from in 0_i64..20,
            length in 1_i64..20,
        ) {
            let rows: Vec<_> = rows
                .into_iter()
                .map(|(percent, start, length)| share(percent, start, length.map(|length| start + length)))
                .collect();
            let span = Span { from: day(from), to: Some(day(from + length)) };
            let worst = (from..from + length).map(|on| allocated(&rows, day(on))).max().unwrap_or(0);
            match overload(Uuid::nil(), &rows, span) {
                None => prop_assert!(worst <= WHOLE_TIME),
                Some(load) => {
                    prop_assert_eq!(load.percent, worst);
                    prop_assert_eq!(allocated(&rows, load.day), worst);
                }
            }
        }
    }
}
