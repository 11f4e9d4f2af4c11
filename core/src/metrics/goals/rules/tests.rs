//! Cases that a manager can follow, and what always holds.

use std::collections::BTreeMap;

use chrono::{Days as Later, NaiveDate};
use entity::enums::GoalBound::{self, AtLeast, AtMost};
use proptest::prelude::*;

use super::course::{Aim, Course, Days, Verdict, course};
use crate::decimal::{Decimal, SCALE};
use crate::metrics::rules::definition::{Aggregate, Sums};

/// Monday, the 5th of January 2026: every case begins here.
fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day")
}

fn day(n: u64) -> NaiveDate {
    start() + Later::new(n)
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// A goal from the first day on, for so many days.
fn aim(bound: GoalBound, target: &str, days: u64) -> Aim {
    Aim {
        bound,
        target: decimal(target),
        from: start(),
        until: day(days),
    }
}

/// Days that count so many each, one after the other.
fn counts(days: &[i64]) -> Days {
    let sums = |count: i64| Sums {
        weight: count * SCALE,
        ..Sums::default()
    };
    Days::Sums {
        aggregate: Aggregate::Count,
        days: (0..)
            .map(day)
            .zip(days.iter().map(|count| sums(*count)))
            .collect(),
    }
}

/// Days of a mean or a rate: sum and number.
fn ratios(aggregate: Aggregate, days: &[(i64, i64)]) -> Days {
    let sums = |(total, counted): (i64, i64)| Sums {
        weight: counted * SCALE,
        counted: counted * SCALE,
        total: total * SCALE,
    };
    Days::Sums {
        aggregate,
        days: (0..)
            .map(day)
            .zip(days.iter().map(|day| sums(*day)))
            .collect(),
    }
}

fn figures(values: &[&str], together: Option<&str>) -> Days {
    let together = together.map(decimal);
    Days::Series {
        days: (0..)
            .map(day)
            .zip(values.iter().map(|text| decimal(text)))
            .collect(),
        together,
        so_far: together,
    }
}

/// As one reads it: value, days left, what is needed, forecast, verdict.
fn told(course: &Course) -> String {
    let shown = |value: Option<Decimal>| value.map_or("-".to_owned(), |value| value.to_string());
    let needed = match (course.needed.out_of_reach, course.needed.mean) {
        (true, _) => "out of reach".to_owned(),
        (false, Some(mean)) => format!("mean {mean}"),
        (false, None) => format!("{} a day", shown(course.needed.per_day)),
    };
    let forecast = course
        .forecast
        .map_or("no forecast".to_owned(), |forecast| {
            format!(
                "{} ({} to {}), {} %",
                forecast.value, forecast.low, forecast.high, forecast.chance
            )
        });
    format!(
        "{} with {} days left, needs {needed}; {forecast}; {:?}",
        shown(course.value),
        course.days_left,
        course.verdict
    )
}

#[test]
fn the_cases() {
    let steady = |count: i64, days: usize| counts(&vec![count; days]);
    // Five a day from Monday to Friday, none at the week-end.
    let weeks = |days: u64| {
        let working = (0..days).map(|n| if n % 7 < 5 { 5 } else { 0 });
        counts(&working.collect::<Vec<_>>())
    };
    let rate = |day: (i64, i64), days: usize| ratios(Aggregate::Rate, &vec![day; days]);
    let cases = [
        (
            "Ten a day, 300 in 30 days wanted, 20 days gone: exactly on course.",
            aim(AtLeast, "300", 30),
            steady(10, 20),
            20,
            "200 with 10 days left, needs 10 a day; 300 (300 to 300), 100 %; OnCourse",
        ),
        (
            "400 wanted: twice as much a day would be needed.",
            aim(AtLeast, "400", 30),
            steady(10, 20),
            20,
            "200 with 10 days left, needs 20 a day; 300 (300 to 300), 0 %; OffCourse",
        ),
        (
            "200 wanted: there already, and nothing takes it away.",
            aim(AtLeast, "200", 30),
            steady(10, 20),
            20,
            "200 with 10 days left, needs 0 a day; 300 (300 to 300), 100 %; Reached",
        ),
        (
            "At most 150 complaints wanted, 200 came: missed before its time.",
            aim(AtMost, "150", 30),
            steady(10, 20),
            20,
            "200 with 10 days left, needs out of reach; 300 (300 to 300), 0 %; Missed",
        ),
        (
            "Six days teach nothing.",
            aim(AtLeast, "300", 30),
            steady(10, 6),
            6,
            "60 with 24 days left, needs 10 a day; no forecast; TooEarly",
        ),
        (
            "Four weeks of 25 are 100; on Monday morning after two of them 50 are there, and 50 will come.",
            aim(AtLeast, "100", 28),
            weeks(14),
            14,
            "50 with 14 days left, needs 3.5715 a day; 100 (100 to 100), 100 %; OnCourse",
        ),
        (
            "On that Monday three have come already: two more are expected today.",
            aim(AtLeast, "100", 28),
            {
                let mut days: Vec<i64> = (0..14).map(|n| if n % 7 < 5 { 5 } else { 0 }).collect();
                days.push(3);
                counts(&days)
            },
            14,
            "53 with 14 days left, needs 3.3572 a day; 100 (100 to 100), 100 %; OnCourse",
        ),
        (
            "Nine of ten in time each day: 90 % is what it will be, so 95 % isn't.",
            aim(AtLeast, "95", 30),
            rate((9, 10), 20),
            20,
            "90 with 10 days left, needs out of reach; 90 (87.3921 to 92.6079), 0 %; OffCourse",
        ),
        (
            "90 % wanted: even odds, whichever way the rest falls.",
            aim(AtLeast, "90", 30),
            rate((9, 10), 20),
            20,
            "90 with 10 days left, needs mean 90; 90 (87.3921 to 92.6079), 50 %; AtRisk",
        ),
        (
            "All in time so far isn't all in time for ever.",
            aim(AtLeast, "95", 30),
            rate((10, 10), 20),
            20,
            "100 with 10 days left, needs mean 85; 100 (99.4003 to 100), 100 %; OnCourse",
        ),
        (
            "Two hours on average, four at most wanted (in seconds).",
            aim(AtMost, "14400", 30),
            ratios(Aggregate::Mean, &[(72_000, 10); 20]),
            20,
            "7200 with 10 days left, needs mean 28800; 7200 (7200 to 7200), 100 %; OnCourse",
        ),
        (
            "A derived share of 80 % every day stays 80 %.",
            aim(AtLeast, "85", 20),
            figures(&["80"; 10], Some("80")),
            10,
            "80 with 10 days left, needs mean 90; 80 (80 to 80), 0 %; OffCourse",
        ),
        (
            "A derived difference of 2 a day adds up.",
            aim(AtLeast, "40", 20),
            figures(&["2"; 10], Some("20")),
            10,
            "20 with 10 days left, needs 2 a day; 40 (40 to 40), 100 %; OnCourse",
        ),
        (
            "At the deadline the figure decides.",
            aim(AtLeast, "300", 30),
            steady(10, 30),
            30,
            "300 with 0 days left, needs - a day; no forecast; Reached",
        ),
        (
            "One short is missed.",
            aim(AtLeast, "301", 30),
            steady(10, 30),
            31,
            "300 with 0 days left, needs - a day; no forecast; Missed",
        ),
        (
            "A rate of nothing isn't reached.",
            aim(AtLeast, "90", 30),
            rate((0, 0), 30),
            30,
            "- with 0 days left, needs - a day; no forecast; Missed",
        ),
    ];
    for (what, aim, days, today, expected) in cases {
        assert_eq!(told(&course(&aim, &days, day(today))), expected, "{what}");
    }
}

#[test]
fn before_it_begins_it_is_foretold_from_what_was() {
    let days = counts(&[10; 20]);
    let later = Aim {
        from: day(30),
        until: day(40),
        ..aim(AtLeast, "90", 0)
    };
    assert_eq!(
        told(&course(&later, &days, day(20))),
        "0 with 10 days left, needs 9 a day; 100 (100 to 100), 100 %; OnCourse"
    );
    assert_eq!(course(&later, &days, day(20)).time_passed, Decimal(0));
    let aim = aim(AtLeast, "90", 40);
    assert_eq!(course(&aim, &days, day(20)).time_passed, decimal("50"));
}

fn aggregate() -> impl Strategy<Value = Aggregate> {
    prop_oneof![
        Just(Aggregate::Count),
        Just(Aggregate::Sum),
        Just(Aggregate::Mean),
        Just(Aggregate::Rate),
    ]
}

/// Days with as many yeses at most as there are cases.
fn some_days() -> impl Strategy<Value = Vec<(i64, i64)>> {
    let day = (0_i64..40).prop_flat_map(|counted| (0..=counted, Just(counted)));
    prop::collection::vec(day, 1..70)
}

fn sums_of(aggregate: Aggregate, days: &[(i64, i64)]) -> BTreeMap<NaiveDate, Sums> {
    match ratios(aggregate, days) {
        Days::Sums { days, .. } => days,
        Days::Series { .. } => BTreeMap::new(),
    }
}

proptest! {
    #[test]
    fn the_span_holds_the_forecast(
        aggregate in aggregate(),
        days in some_days(),
        more in 1_u64..60,
        target in 0_i64..2_000_000,
    ) {
        let today = days.len() as u64;
        for bound in [AtLeast, AtMost] {
            let aim = Aim { bound, target: Decimal(target), from: start(), until: day(today + more) };
            let seen = course(&aim, &ratios(aggregate, &days), day(today));
            if let Some(forecast) = seen.forecast {
                prop_assert!(forecast.low <= forecast.value && forecast.value <= forecast.high);
                prop_assert!((0..=100).contains(&forecast.chance));
                if aggregate == Aggregate::Rate {
                    prop_assert!(forecast.low >= Decimal(0) && forecast.high <= Decimal(1_000_000));
                }
                if aggregate == Aggregate::Count {
                    prop_assert!(Some(forecast.low) >= seen.value);
                }
            }
        }
    }

    #[test]
    fn a_better_day_never_worsens_the_forecast(
        aggregate in aggregate(),
        days in some_days(),
        which in 0_usize..70,
        more in 1_u64..60,
    ) {
        let which = which % days.len();
        // The last day may be today, which is still going on.
        for today in [days.len() as u64, days.len() as u64 - 1] {
            let mut sums = sums_of(aggregate, &days);
            let aim = aim(AtLeast, "50", today + more);
            let before = course(&aim, &Days::Sums { aggregate, days: sums.clone() }, day(today));
            let better = sums.entry(day(which as u64)).or_default();
            match aggregate {
                Aggregate::Count => better.weight += 3 * SCALE,
                _ => better.total += 3 * SCALE,
            }
            let after = course(&aim, &Days::Sums { aggregate, days: sums }, day(today));
            let value = |course: &Course| course.forecast.map(|forecast| forecast.value);
            prop_assert!(value(&after) >= value(&before), "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_same_seen_less_often_is_foretold_with_a_wider_span(
        week in prop::collection::vec((0_i64..20, 1_i64..20), 7),
        more in 1_u64..60,
    ) {
        let width = |aggregate, weeks: u64| {
            let days: Vec<(i64, i64)> = (0..weeks * 7)
                .map(|n| {
                    let (yes, counted) = week[(n % 7) as usize];
                    // Every second week is a little better.
                    (yes + i64::from(n / 7 % 2 == 0), counted + 1)
                })
                .collect();
            let today = weeks * 7;
            // Both goals begin today, so that only what is learnt from differs.
            let aim = Aim { from: day(today), ..aim(AtLeast, "1", today + more) };
            let forecast = course(&aim, &ratios(aggregate, &days), day(today)).forecast;
            forecast.map(|forecast| forecast.high.0 - forecast.low.0)
        };
        for aggregate in [Aggregate::Sum, Aggregate::Mean] {
            prop_assert!(width(aggregate, 2) > width(aggregate, 8));
        }
    }

    #[test]
    fn nothing_is_too_large_or_too_strange(
        aggregate in aggregate(),
        numbers in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>()), 0..40),
        target in any::<i64>(),
        (from, length, today) in (0_u64..4_000, 1_u64..4_000, 0_u64..9_000),
    ) {
        let days = numbers.iter().zip(0..).map(|((weight, counted, total), n)| {
            let n = today.saturating_sub(20) + n;
            (day(n), Sums { weight: *weight, counted: *counted, total: *total })
        });
        let sums = Days::Sums { aggregate, days: days.collect() };
        let values = numbers.iter().zip(0..).map(|((value, ..), n)| (day(n), Decimal(*value)));
        let together = numbers.first().map(|(value, ..)| Decimal(*value));
        let series = Days::Series { days: values.collect(), together, so_far: together };
        for bound in [AtLeast, AtMost] {
            let aim = Aim { bound, target: Decimal(target), from: day(from), until: day(from + length) };
            for days in [&sums, &series] {
                let seen = course(&aim, days, day(today));
                if let Some(forecast) = seen.forecast {
                    prop_assert!(forecast.low <= forecast.value && forecast.value <= forecast.high);
                }
                let over = day(today) >= aim.until;
                prop_assert!(!over || matches!(seen.verdict, Verdict::Reached | Verdict::Missed));
            }
        }
    }
}
