//! Who is at work when, with a rota of early, late and night shifts.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::*;

const EARLY: u128 = 1;
const NIGHT: u128 = 3;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A day in March 2026; the 2nd is a Monday.
fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, n).expect("a day")
}

/// The same window on every day, in Shanghai.
fn calendar(window: &str) -> Calendar {
    let (from, to) = window.split_once('-').expect("a window");
    let window = format!("{{\"from\": \"{from}\", \"to\": \"{to}\"}}");
    let week = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
    .map(|day| format!("\"{day}\": [{window}]"))
    .join(",");
    let week = serde_json::from_str(&format!("{{{week}}}")).expect("a week");
    Calendar::new(chrono_tz::Asia::Shanghai, week, BTreeMap::new())
}

/// A moment by the clock of Shanghai.
fn at(on: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = day(on).and_hms_opt(hour, minute, 0).expect("a time");
    local
        .and_local_timezone(chrono_tz::Asia::Shanghai)
        .earliest()
        .expect("a moment")
        .to_utc()
}

fn until(shifts: &[Shift], at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let calendars: HashMap<Uuid, Calendar> = HashMap::from([
        (id(EARLY), calendar("06:00-14:00")),
        (id(NIGHT), calendar("22:00-06:00")),
    ]);
    let office = calendar("09:00-18:00");
    at_work_until(shifts, |id| calendars.get(&id), Some(&office), at)
}

fn shift(calendar: u128, from: u32, to: Option<u32>) -> Shift {
    let span = Span {
        from: day(from),
        to: to.map(day),
    };
    (span, id(calendar))
}

#[test]
fn a_member_works_by_the_shift_of_the_day_on_which_the_window_begins() {
    // Nights until Thursday the 5th, early from then on.
    let rota = [shift(NIGHT, 2, Some(5)), shift(EARLY, 5, None)];
    for (what, moment, expected) in [
        ("before the first night", at(2, 12, 0), None),
        ("the first night", at(2, 23, 0), Some(at(3, 6, 0))),
        ("after midnight", at(3, 3, 0), Some(at(3, 6, 0))),
        ("the end no longer counts", at(3, 6, 0), None),
        (
            "the last night runs into the next shift",
            at(5, 3, 0),
            Some(at(5, 6, 0)),
        ),
        ("and the next shift begins", at(5, 6, 0), Some(at(5, 14, 0))),
        ("no night follows it", at(5, 23, 0), None),
        (
            "days before the rota are office days",
            at(1, 10, 0),
            Some(at(1, 18, 0)),
        ),
        ("nor was there a night before it", at(2, 3, 0), None),
    ] {
        assert_eq!(until(&rota, moment), expected, "{what}");
    }
}

#[test]
fn without_a_shift_the_office_hours_hold() {
    assert_eq!(until(&[], at(2, 10, 0)), Some(at(2, 18, 0)));
    assert_eq!(until(&[], at(2, 20, 0)), None);
    // A shift whose calendar is gone is no shift to work by.
    assert_eq!(until(&[shift(9, 1, None)], at(2, 10, 0)), None);
}

#[test]
fn the_shift_of_a_day_is_the_one_that_holds_on_it() {
    let rota = [shift(NIGHT, 2, Some(5)), shift(EARLY, 5, None)];
    for (on, expected) in [
        (1, None),
        (2, Some(NIGHT)),
        (4, Some(NIGHT)),
        (5, Some(EARLY)),
        (30, Some(EARLY)),
    ] {
        assert_eq!(shift_on(&rota, day(on)), expected.map(id));
    }
}
