//! Calendars held against the minute-by-minute model.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::naive::Naive;
use super::{Calendar, Day, Week, Window};

/// Zones and days around which their clocks change; Shanghai's doesn't.
fn places() -> impl Strategy<Value = (Tz, NaiveDate)> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    prop_oneof![
        Just((Tz::Europe__Berlin, day(2026, 3, 29))),
        Just((Tz::Europe__Berlin, day(2026, 10, 25))),
        Just((Tz::America__New_York, day(2026, 3, 8))),
        Just((Tz::America__New_York, day(2026, 11, 1))),
        Just((Tz::Asia__Shanghai, day(2026, 2, 15))),
        // Here the clock goes back at midnight, into the day before; and here the leap swallows midnight.
        Just((Tz::America__Havana, day(2026, 11, 1))),
        Just((Tz::America__Havana, day(2026, 3, 8))),
        // Here it moves by half an hour, and here a whole day was left out.
        Just((Tz::Australia__Lord_Howe, day(2026, 4, 5))),
        Just((Tz::Pacific__Apia, day(2011, 12, 30))),
    ]
}

/// Windows of a day, on a grid of 30 minutes, the last one perhaps overnight.
fn windows() -> impl Strategy<Value = Vec<Window>> {
    prop::collection::btree_set(0_u16..=48, 0..7).prop_flat_map(|marks| {
        let marks: Vec<u16> = marks.into_iter().map(|mark| mark * 30).collect();
        let pairs: Vec<Window> = marks
            .chunks_exact(2)
            .filter_map(|pair| Window::new(pair[0], pair[1]))
            .collect();
        let last = marks
            .last()
            .copied()
            .filter(|start| marks.len() % 2 == 1 && *start < 1440);
        (Just(pairs), Just(last), 0_u16..=8).prop_map(|(mut pairs, last, until)| {
            let overnight = last.and_then(|start| Window::new(start, (until * 30).min(start)));
            pairs.extend(overnight);
            pairs
        })
    })
}

fn weeks() -> impl Strategy<Value = Week> {
    prop::array::uniform7(windows())
        .prop_filter_map("nights run into mornings", |days| Week::new(days).ok())
}

fn special() -> impl Strategy<Value = Day> {
    prop_oneof![
        Just(Day::Holiday),
        Just(Day::Like(Weekday::Mon)),
        Just(Day::Like(Weekday::Sun)),
        windows().prop_filter_map("overlap", |windows| Day::with_windows(windows).ok()),
    ]
}

#[derive(Clone, Debug)]
struct Case {
    zone: Tz,
    week: Week,
    days: BTreeMap<NaiveDate, Day>,
    from: DateTime<Utc>,
    minutes: i64,
}

fn cases() -> impl Strategy<Value = Case> {
    (
        places(),
        weeks(),
        prop::collection::btree_map(0_u64..8, special(), 0..4),
        0_i64..4 * 24 * 60,
        0_i64..5 * 24 * 60,
    )
        .prop_map(|((zone, around), week, special, start, minutes)| {
            let first = around - Days::new(3);
            Case {
                zone,
                week,
                days: special
                    .into_iter()
                    .map(|(offset, day)| (first + Days::new(offset), day))
                    .collect(),
                from: first.and_hms_opt(0, 0, 0).expect("midnight").and_utc()
                    + TimeDelta::minutes(start),
                minutes,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn agrees_with_the_wall_clock_minute_by_minute(case in cases()) {
        let Case { zone, week, days, from, minutes } = case;
        let naive = Naive { zone, week: week.clone(), days: days.clone() };
        let worked = naive.minutes(from, minutes);
        let calendar = Calendar::new(zone, week, days);
        let to = from + TimeDelta::minutes(minutes);
        let at = |minute: usize| from + TimeDelta::minutes(minute as i64);
        let total = worked.iter().filter(|worked| **worked).count();

        // The sum, every single minute, and the form of the spans.
        prop_assert_eq!(calendar.working_seconds(from, to), total as i64 * 60);
        let spans: Vec<_> = calendar.spans(from, to).collect();
        for (minute, worked) in worked.iter().enumerate() {
            let within = spans.iter().any(|span| span.from <= at(minute) && at(minute) < span.to);
            prop_assert_eq!(within, *worked, "{}", at(minute));
        }
        for pair in spans.windows(2) {
            prop_assert!(pair[0].to < pair[1].from, "{:?}", pair);
        }
        for span in &spans {
            prop_assert!(from <= span.from && span.from < span.to && span.to <= to);
        }
        for minute in (0..worked.len()).step_by(97) {
            prop_assert_eq!(calendar.is_working(at(minute)), worked[minute]);
        }

        // The moment after so much work is the end of the minute in which it was reached.
        let mut done = 0;
        for (minute, _) in worked.iter().enumerate().filter(|(_, worked)| **worked) {
            done += 60;
            if done % 1020 == 60 {
                prop_assert_eq!(calendar.after(from, done), Some(at(minute + 1)));
            }
        }
    }

    #[test]
    fn working_time_adds_up(case in cases(), cut in 0.0_f64..1.0) {
        let Case { zone, week, days, from, minutes } = case;
        let calendar = Calendar::new(zone, week, days);
        let to = from + TimeDelta::minutes(minutes);
        let middle = from + TimeDelta::seconds((minutes as f64 * 60.0 * cut) as i64);
        prop_assert_eq!(
            calendar.working_seconds(from, middle) + calendar.working_seconds(middle, to),
            calendar.working_seconds(from, to)
        );
    }

    #[test]
    fn json_leads_back(week in weeks(), day in special()) {
        let json = serde_json::to_value(&week).expect("a week");
        prop_assert_eq!(serde_json::from_value::<Week>(json).expect("the week"), week);
        let special = super::Special { day, name: Some("Name".to_owned()), name_zh: None };
        let json = serde_json::to_value(&special).expect("a day");
        prop_assert_eq!(serde_json::from_value::<super::Special>(json).expect("the day"), special);
    }
}
