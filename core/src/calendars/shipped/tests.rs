//! The shipped days are those of the notices.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::{CALENDARS, china};
use crate::calendars::rules::Day;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn all_shipped_calendars_can_be_read() {
    for shipped in CALENDARS {
        let _ = shipped.plan().expect("a plan").into_calendar();
    }
}

#[test]
fn each_year_has_the_days_of_its_notice() {
    let mut totals: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for (date, special) in china().expect("the days") {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let total = totals.entry(date.year()).or_default();
        match special.day {
            Day::Holiday => total.0 += 1,
            Day::Like(Weekday::Mon) if weekend => total.1 += 1,
            other => panic!("{date} is neither a holiday nor a worked weekend: {other:?}"),
        }
    }
    // The sum of "共 n 天" of each item (元旦、端午节 of 2024 count one day each), and the number of days named "上班".
    assert_eq!(
        totals,
        BTreeMap::from([
            (2024, (1 + 8 + 3 + 5 + 1 + 3 + 7, 8)),
            (2025, (1 + 8 + 3 + 5 + 3 + 8, 5)),
            (2026, (3 + 9 + 3 + 5 + 3 + 3 + 7, 6)),
        ])
    );
}

#[test]
fn swapped_days_keep_the_number_of_working_days() {
    // Since 2025 thirteen days are public holidays, eleven before; whatever else is off on a weekday is worked on a
    // weekend. Of the public holidays those on a weekend are made up for, so that each takes one working day.
    let days = china().expect("the days");
    for (year, public) in [(2024, 11), (2025, 13), (2026, 13)] {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        let all = first.iter_days().take_while(|day| day.year() == year);
        let weekdays = all
            .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            .count();
        let office = CALENDARS
            .iter()
            .find(|shipped| shipped.code == "cn_office")
            .expect("the office");
        let calendar = office.plan().expect("a plan").into_calendar();
        let worked = first
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| !calendar.windows_on(*day).is_empty())
            .count();
        assert_eq!(
            worked,
            weekdays - public,
            "{year} has {} special days",
            days.len()
        );
    }
}

#[test]
fn some_days_as_people_remember_them() {
    let days = china().expect("the days");
    let what = |text: &str| days.get(&date(text)).map(|special| special.day.clone());
    for (day, expected) in [
        ("2024-02-09", None), // New Year's Eve 2024 was worked
        ("2024-02-18", Some(Day::Like(Weekday::Mon))),
        ("2025-01-28", Some(Day::Holiday)), // New Year's Eve 2025 was off
        ("2025-10-06", Some(Day::Holiday)), // Mid-Autumn within National Day
        ("2025-10-11", Some(Day::Like(Weekday::Mon))),
        ("2026-01-04", Some(Day::Like(Weekday::Mon))),
        ("2026-02-14", Some(Day::Like(Weekday::Mon))),
        ("2026-02-23", Some(Day::Holiday)),
        ("2026-02-24", None),
        ("2026-09-20", Some(Day::Like(Weekday::Mon))),
        ("2026-10-08", None),
    ] {
        assert_eq!(what(day), expected, "{day}");
    }
}
