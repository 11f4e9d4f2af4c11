//! On which days a series meets, and when that is.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::enums::MeetingRhythm;

/// The day of the `n`-th meeting, from 0; none beyond the end of the calendar.
#[must_use]
pub fn nth(rhythm: MeetingRhythm, first: NaiveDate, n: u32) -> Option<NaiveDate> {
    match rhythm {
        MeetingRhythm::Weekly => first.checked_add_days(Days::new(7 * u64::from(n))),
        MeetingRhythm::Biweekly => first.checked_add_days(Days::new(14 * u64::from(n))),
        // Counted from the first day, so that the 31st comes back after a shorter month.
        MeetingRhythm::Monthly => first.checked_add_months(Months::new(n)),
    }
}

/// The days of a series within some time, both ends included.
#[must_use]
pub fn days(
    rhythm: MeetingRhythm,
    first: NaiveDate,
    (from, until): (NaiveDate, NaiveDate),
) -> Vec<NaiveDate> {
    (0..)
        .map_while(|n| nth(rhythm, first, n))
        .skip_while(|day| *day < from)
        .take_while(|day| *day <= until)
        .collect()
}

/// A wall-clock time such as 09:30, in minutes after midnight.
#[must_use]
pub fn minute_of(text: &str) -> Option<i32> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str| {
        (text.len() == 2 && text.chars().all(|c| c.is_ascii_digit()))
            .then(|| text.parse::<i32>().ok())
            .flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Minutes after midnight as a wall clock shows them.
#[must_use]
pub fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// When a wall clock shows that time on that day: the first time when it does so twice, an hour later when the clocks leave
/// it out.
#[must_use]
pub fn moment(day: NaiveDate, minute: i32, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
    let first = zone.from_local_datetime(&local).earliest();
    let later = || {
        zone.from_local_datetime(&(local + TimeDelta::hours(1)))
            .earliest()
    };
    first
        .or_else(later)
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;
    use MeetingRhythm::{Biweekly, Monthly, Weekly};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
    }

    #[test]
    fn series_as_a_calendar_shows_them() {
        for (rhythm, first, span, expected) in [
            (
                Weekly,
                day(3, 2),
                (day(3, 2), day(3, 16)),
                vec![day(3, 2), day(3, 9), day(3, 16)],
            ),
            (Weekly, day(3, 2), (day(3, 3), day(3, 15)), vec![day(3, 9)]),
            (
                Biweekly,
                day(3, 2),
                (day(3, 1), day(4, 1)),
                vec![day(3, 2), day(3, 16), day(3, 30)],
            ),
            (
                Monthly,
                day(1, 31),
                (day(1, 1), day(5, 31)),
                vec![day(1, 31), day(2, 28), day(3, 31), day(4, 30), day(5, 31)],
            ),
            (Monthly, day(3, 2), (day(1, 1), day(3, 1)), vec![]),
        ] {
            assert_eq!(days(rhythm, first, span), expected, "{rhythm:?} {first}");
        }
    }

    #[test]
    fn wall_clocks() {
        for (text, expected) in [
            ("00:00", Some(0)),
            ("09:30", Some(570)),
            ("23:59", Some(1_439)),
            ("24:00", None),
            ("9:30", None),
            ("09:60", None),
            ("noon", None),
            ("+9:30", None),
        ] {
            assert_eq!(minute_of(text), expected, "{text}");
            if let Some(minute) = expected {
                assert_eq!(clock(minute), text);
            }
        }
    }

    #[test]
    fn the_wall_clock_decides_also_when_the_clocks_change() {
        let berlin = chrono_tz::Europe::Berlin;
        for (month, on, minute, expected) in [
            (3, 28, 570, "2026-03-28T08:30:00+00:00"),
            (3, 30, 570, "2026-03-30T07:30:00+00:00"),
            // Left out in spring, twice in autumn.
            (3, 29, 150, "2026-03-29T01:30:00+00:00"),
            (10, 25, 150, "2026-10-25T00:30:00+00:00"),
        ] {
            let at = moment(day(month, on), minute, berlin);
            assert_eq!(at.to_rfc3339(), expected);
        }
        let shanghai = chrono_tz::Asia::Shanghai;
        assert_eq!(
            moment(day(3, 2), 570, shanghai).to_rfc3339(),
            "2026-03-02T01:30:00+00:00"
        );
    }

    fn rhythm() -> impl Strategy<Value = MeetingRhythm> {
        prop_oneof![Just(Weekly), Just(Biweekly), Just(Monthly)]
    }

    proptest! {
        /// Days come in order, keep to the weekday or the day of the month, and leave nothing out.
        #[test]
        fn a_series_keeps_its_rhythm(rhythm in rhythm(), start in 0_i64..4_000, length in 0_i64..800) {
            let first = day(1, 1) + TimeDelta::days(start);
            let found = days(rhythm, first, (first, first + TimeDelta::days(length)));
            prop_assert_eq!(found[0], first);
            for pair in found.windows(2) {
                let gap = (pair[1] - pair[0]).num_days();
                match rhythm {
                    Weekly => prop_assert_eq!(gap, 7),
                    Biweekly => prop_assert_eq!(gap, 14),
                    Monthly => {
                        let months = |day: NaiveDate| day.year() * 12 + day.month() as i32;
                        prop_assert_eq!(months(pair[1]) - months(pair[0]), 1);
                        let last = pair[1].succ_opt().expect("a day").day() == 1;
                        prop_assert!(pair[1].day() == first.day() || (last && pair[1].day() < first.day()));
                    }
                }
            }
        }

        /// Planning bit by bit gives the same days as planning at once.
        #[test]
        fn planned_in_parts_or_at_once(rhythm in rhythm(), start in 0_i64..4_000, a in 0_i64..400, b in 0_i64..400) {
            let first = day(1, 1) + TimeDelta::days(start);
            let middle = first + TimeDelta::days(a);
            let end = middle + TimeDelta::days(b);
            let mut parts = days(rhythm, first, (first, middle));
            parts.extend(days(rhythm, first, (middle + TimeDelta::days(1), end)));
            prop_assert_eq!(parts, days(rhythm, first, (first, end)));
        }
    }
}
