//! Working time worked out by hand, as a service manager would.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::{Calendar, Day, Week, Window};

const WORKDAYS: [Weekday; 5] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
];
const EVERY_DAY: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn window(text: &str) -> Window {
    let (from, to) = text.split_once('-').expect("from-to");
    Window::parse(from, to).expect("a window")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn calendar(zone: Tz, weekdays: &[Weekday], windows: &[&str], days: &[(&str, Day)]) -> Calendar {
    let windows: Vec<Window> = windows.iter().map(|text| window(text)).collect();
    let days: BTreeMap<NaiveDate, Day> = days
        .iter()
        .map(|(text, day)| (date(text), day.clone()))
        .collect();
    Calendar::new(
        zone,
        Week::uniform(weekdays, &windows).expect("a week"),
        days,
    )
}

/// The local time `2026-01-05 09:00`, the earlier one when it comes twice.
fn at(zone: Tz, text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a local time");
    zone.from_local_datetime(&local)
        .earliest()
        .expect("a time that exists")
        .to_utc()
}

/// The office in Shanghai around the Spring Festival of 2026: holidays from 15 to 23 February, Saturday 14 and Saturday
/// 28 are worked.
fn office() -> Calendar {
    let holidays = (15..=23).map(|day| (format!("2026-02-{day}"), Day::Holiday));
    let days: Vec<(String, Day)> = holidays
        .chain([
            ("2026-02-14".to_owned(), Day::Like(Weekday::Mon)),
            ("2026-02-28".to_owned(), Day::Like(Weekday::Mon)),
        ])
        .collect();
    let days: Vec<(&str, Day)> = days
        .iter()
        .map(|(text, day)| (text.as_str(), day.clone()))
        .collect();
    calendar(
        Tz::Asia__Shanghai,
        &WORKDAYS,
        &["09:00-12:00", "13:30-18:00"],
        &days,
    )
}

#[test]
fn working_time_of_the_office() {
    let office = office();
    // from, to, hours and minutes of work
    for (from, to, hours, minutes) in [
        ("2026-01-05 09:00", "2026-01-05 18:00", 7, 30), // a Monday without its lunch break
        ("2026-01-05 11:00", "2026-01-05 14:00", 1, 30), // over lunch
        ("2026-01-05 12:00", "2026-01-05 13:30", 0, 0),  // lunch itself
        ("2026-01-05 20:00", "2026-01-06 08:00", 0, 0),  // a night
        ("2026-01-09 17:00", "2026-01-12 10:00", 2, 0),  // over a weekend
        ("2026-01-05 00:00", "2026-01-12 00:00", 37, 30), // a week
        ("2026-02-13 17:00", "2026-02-14 10:00", 2, 0),  // into a worked Saturday
        ("2026-02-14 17:00", "2026-02-24 10:00", 2, 0),  // over the festival
        ("2026-02-15 00:00", "2026-02-24 00:00", 0, 0),  // the festival itself
        ("2026-02-23 00:00", "2026-03-02 00:00", 37, 30), // Monday off, Saturday worked
        ("2026-01-05 10:00", "2026-01-05 10:00", 0, 0),
        ("2026-01-06 10:00", "2026-01-05 10:00", 0, 0), // backwards is nothing
    ] {
        let zone = Tz::Asia__Shanghai;
        let seconds = office.working_seconds(at(zone, from), at(zone, to));
        assert_eq!(seconds, hours * 3600 + minutes * 60, "{from} - {to}");
    }
}

#[test]
fn due_times_of_the_office() {
    let office = office();
    // from, hours of work, due
    for (from, hours, due) in [
        ("2026-01-05 09:00", 1, "2026-01-05 10:00"),
        ("2026-01-05 11:30", 1, "2026-01-05 14:00"), // half before lunch, half after
        ("2026-01-05 10:00", 2, "2026-01-05 12:00"), // ends with the window, not with the next one
        ("2026-01-05 12:30", 1, "2026-01-05 14:30"), // asked during lunch
        ("2026-01-09 17:00", 2, "2026-01-12 10:00"), // over a weekend
        ("2026-01-10 15:00", 1, "2026-01-12 10:00"), // asked on a Saturday
        ("2026-02-14 17:00", 8, "2026-02-24 17:30"), // over the festival
        ("2026-02-14 17:00", 15, "2026-02-25 17:00"),
        ("2026-01-05 09:00", 0, "2026-01-05 09:00"),
        ("2026-01-10 09:00", 0, "2026-01-10 09:00"), // nothing to do is done at once, also on a Saturday
    ] {
        let zone = Tz::Asia__Shanghai;
        let found = office.after(at(zone, from), hours * 3600);
        assert_eq!(found, Some(at(zone, due)), "{from} + {hours} h");
    }
}

#[test]
fn nights_belong_to_the_day_on_which_they_start() {
    let days = [
        ("2026-01-07", Day::Holiday),
        ("2026-01-10", Day::Windows(vec![window("10:00-12:00")])),
    ];
    let night = calendar(Tz::Asia__Shanghai, &WORKDAYS, &["22:00-06:00"], &days);
    for (from, to, hours) in [
        ("2026-01-05 20:00", "2026-01-06 08:00", 8),
        ("2026-01-06 00:00", "2026-01-06 06:00", 6), // the second half of Monday's night
        ("2026-01-06 22:00", "2026-01-07 12:00", 8), // runs into the holiday
        ("2026-01-07 12:00", "2026-01-08 12:00", 0), // the holiday's own night is off
        ("2026-01-09 22:00", "2026-01-10 12:00", 10), // Friday's night, then Saturday's own window
        ("2026-01-11 00:00", "2026-01-12 22:00", 0), // neither Saturday nor Sunday starts a night
    ] {
        let zone = Tz::Asia__Shanghai;
        let seconds = night.working_seconds(at(zone, from), at(zone, to));
        assert_eq!(seconds, hours * 3600, "{from} - {to}");
    }
    assert!(night.is_working(at(Tz::Asia__Shanghai, "2026-01-07 05:59")));
    assert!(!night.is_working(at(Tz::Asia__Shanghai, "2026-01-07 06:00")));
}

#[test]
fn time_is_counted_as_it_elapses_when_clocks_change() {
    let (berlin, new_york) = (Tz::Europe__Berlin, Tz::America__New_York);
    // zone, window, from, to, hours and minutes
    for (zone, hours_of_day, from, to, hours, minutes) in [
        // Forward on 29 March 2026 from 02:00 to 03:00.
        (
            berlin,
            "00:00-24:00",
            "2026-03-29 00:00",
            "2026-03-30 00:00",
            23,
            0,
        ),
        (
            berlin,
            "22:00-06:00",
            "2026-03-28 22:00",
            "2026-03-29 06:00",
            7,
            0,
        ),
        (
            berlin,
            "02:15-02:45",
            "2026-03-29 00:00",
            "2026-03-29 12:00",
            0,
            0,
        ),
        (
            berlin,
            "01:30-02:30",
            "2026-03-29 00:00",
            "2026-03-29 12:00",
            0,
            30,
        ),
        (
            berlin,
            "02:30-04:00",
            "2026-03-29 00:00",
            "2026-03-29 12:00",
            1,
            0,
        ),
        // Back on 25 October 2026 from 03:00 to 02:00.
        (
            berlin,
            "00:00-24:00",
            "2026-10-25 00:00",
            "2026-10-26 00:00",
            25,
            0,
        ),
        (
            berlin,
            "22:00-06:00",
            "2026-10-24 22:00",
            "2026-10-25 06:00",
            9,
            0,
        ),
        (
            berlin,
            "02:00-03:00",
            "2026-10-25 00:00",
            "2026-10-25 12:00",
            2,
            0,
        ),
        (
            berlin,
            "01:00-02:30",
            "2026-10-25 00:00",
            "2026-10-25 12:00",
            1,
            30,
        ),
        (
            berlin,
            "02:30-04:00",
            "2026-10-25 00:00",
            "2026-10-25 12:00",
            2,
            30,
        ),
        // Forward on 8 March 2026, back on 1 November 2026, both at 02:00.
        (
            new_york,
            "00:00-24:00",
            "2026-03-08 00:00",
            "2026-03-09 00:00",
            23,
            0,
        ),
        (
            new_york,
            "00:00-24:00",
            "2026-11-01 00:00",
            "2026-11-02 00:00",
            25,
            0,
        ),
        (
            new_york,
            "23:00-07:00",
            "2026-10-31 23:00",
            "2026-11-01 07:00",
            9,
            0,
        ),
        (
            new_york,
            "09:00-17:00",
            "2026-03-08 00:00",
            "2026-03-09 00:00",
            8,
            0,
        ),
    ] {
        let calendar = calendar(zone, &EVERY_DAY, &[hours_of_day], &[]);
        let seconds = calendar.working_seconds(at(zone, from), at(zone, to));
        assert_eq!(
            seconds,
            hours * 3600 + minutes * 60,
            "{zone} {hours_of_day}: {from} - {to}"
        );
    }
    let always = calendar(berlin, &EVERY_DAY, &["00:00-24:00"], &[]);
    assert_eq!(
        always.after(at(berlin, "2026-03-28 12:00"), 24 * 3600),
        Some(at(berlin, "2026-03-29 13:00"))
    );
}

#[test]
fn touching_windows_are_one_span_and_a_day_and_night_calendar_never_ends() {
    let zone = Tz::Asia__Shanghai;
    let always = calendar(zone, &EVERY_DAY, &["00:00-24:00"], &[]);
    let (from, to) = (at(zone, "2026-01-01 00:00"), at(zone, "2026-01-31 12:00"));
    let spans: Vec<_> = always.spans(from, to).collect();
    assert_eq!(spans.len(), 1);
    assert_eq!((spans[0].from, spans[0].to), (from, to));
    let round = calendar(zone, &EVERY_DAY, &["08:00-08:00"], &[]);
    assert_eq!(round.spans(from, to).count(), 1);
}

#[test]
fn a_calendar_without_work_has_no_due_time() {
    let zone = Tz::Asia__Shanghai;
    let days = [("2026-01-05", Day::Windows(vec![window("09:00-10:00")]))];
    let never = calendar(zone, &[], &[], &days);
    let from = at(zone, "2026-01-01 00:00");
    assert_eq!(never.after(from, 3600), Some(at(zone, "2026-01-05 10:00")));
    assert_eq!(never.after(from, 3601), None);
    assert_eq!(never.after(from, i64::MAX), None);
}
