//! The calendars of the tests, each beside a plain predicate over its wall clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use crate::calendars::rules::{Calendar, Day, Week, Window};

/// A calendar, and whether there is work when its wall clock shows something.
pub struct Timetable {
    /// The calendar.
    pub calendar: Arc<Calendar>,
    shows_work: fn(NaiveDateTime) -> bool,
}

impl Timetable {
    /// Is there work in the minute that begins at that moment?
    pub fn works_at(&self, minute: DateTime<Utc>) -> bool {
        (self.shows_work)(minute.with_timezone(&self.calendar.zone()).naive_local())
    }
}

/// The names of all calendars without an end of their working time.
pub const NAMES: [&str; 9] = [
    "office",
    "closed on Tuesday",
    "half Saturday",
    "service",
    "night",
    "always",
    "Berlin night",
    "Berlin always",
    "New York always",
];

/// The calendar of that name.
pub fn named(name: &str) -> Timetable {
    let all = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    let five = &all[..5];
    let day: &[&str] = &["09:00-12:00", "13:30-18:00"];
    let (shanghai, berlin) = (Tz::Asia__Shanghai, Tz::Europe__Berlin);
    match name {
        // Monday to Friday 09:00-12:00 and 13:30-18:00, with the official arrangements of 2026.
        "office" => made(shanghai, five, day, official(), |at| {
            office_day(at.date()) && office_hours(at)
        }),
        // The office on a week in which Tuesday, 3 March, was declared free.
        "closed on Tuesday" => {
            let mut days = official();
            days.insert(date(2026, 3, 3), Day::Holiday);
            made(shanghai, five, day, days, |at| {
                at.date() != date(2026, 3, 3) && office_day(at.date()) && office_hours(at)
            })
        }
        // Monday to Friday 09:00-18:00, Saturday 09:00-12:00.
        "half Saturday" => {
            let mut windows: [Vec<Window>; 7] = Default::default();
            for list in &mut windows[..5] {
                list.push(window("09:00-18:00"));
            }
            windows[5].push(window("09:00-12:00"));
            Timetable {
                calendar: Arc::new(Calendar::new(
                    shanghai,
                    Week::new(windows).expect("a week"),
                    BTreeMap::new(),
                )),
                shows_work: |at| match at.weekday() {
                    Weekday::Sun => false,
                    Weekday::Sat => (9..12).contains(&at.hour()),
                    _ => (9..18).contains(&at.hour()),
                },
            }
        }
        // Every day 08:00-20:00.
        "service" => made(shanghai, &all, &["08:00-20:00"], BTreeMap::new(), |at| {
            (8..20).contains(&at.hour())
        }),
        // Every night 22:00-06:00.
        "night" => made(shanghai, &all, &["22:00-06:00"], BTreeMap::new(), at_night),
        "Berlin night" => made(berlin, &all, &["22:00-06:00"], BTreeMap::new(), at_night),
        "always" => made(shanghai, &all, &["00:00-24:00"], BTreeMap::new(), |_| true),
        "Berlin always" => made(berlin, &all, &["00:00-24:00"], BTreeMap::new(), |_| true),
        "New York always" => made(
            Tz::America__New_York,
            &all,
            &["00:00-24:00"],
            BTreeMap::new(),
            |_| true,
        ),
        "never" => made(shanghai, &[], &[], BTreeMap::new(), |_| false),
        other => panic!("there is no calendar {other}"),
    }
}

fn made(
    zone: Tz,
    weekdays: &[Weekday],
    windows: &[&str],
    days: BTreeMap<NaiveDate, Day>,
    shows_work: fn(NaiveDateTime) -> bool,
) -> Timetable {
    let windows: Vec<Window> = windows.iter().map(|text| window(text)).collect();
    let week = Week::uniform(weekdays, &windows).expect("a week");
    Timetable {
        calendar: Arc::new(Calendar::new(zone, week, days)),
        shows_work,
    }
}

fn window(text: &str) -> Window {
    let (from, to) = text.split_once('-').expect("from-to");
    Window::parse(from, to).expect("a window")
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// First and last day of each holiday of 2026, by month and day.
const HOLIDAYS: [((u32, u32), (u32, u32)); 7] = [
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
];
/// The weekend days of 2026 that are worked instead.
const SWAPPED: [(u32, u32); 6] = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];

fn official() -> BTreeMap<NaiveDate, Day> {
    let mut days = BTreeMap::new();
    for (first, last) in HOLIDAYS {
        let last = date(2026, last.0, last.1);
        let mut day = date(2026, first.0, first.1);
        while day <= last {
            days.insert(day, Day::Holiday);
            day = day.succ_opt().expect("a next day");
        }
    }
    for (month, day) in SWAPPED {
        days.insert(date(2026, month, day), Day::Like(Weekday::Mon));
    }
    days
}

fn office_day(day: NaiveDate) -> bool {
    let of_2026 = day.year() == 2026;
    let short = (day.month(), day.day());
    if of_2026 && SWAPPED.contains(&short) {
        return true;
    }
    let free = of_2026
        && HOLIDAYS
            .iter()
            .any(|(first, last)| *first <= short && short <= *last);
    !free && day.weekday().num_days_from_monday() < 5
}

fn office_hours(at: NaiveDateTime) -> bool {
    let minute = at.hour() * 60 + at.minute();
    (9 * 60..12 * 60).contains(&minute) || (13 * 60 + 30..18 * 60).contains(&minute)
}

fn at_night(at: NaiveDateTime) -> bool {
    at.hour() >= 22 || at.hour() < 6
}
