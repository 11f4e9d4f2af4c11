//! Worked examples of the time to standard, and what always holds.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::standard::{Measured, Terms, Verdict, Window, compare, verdict, windows};
use crate::metrics::rules::period::Period;

fn day(number: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    first.checked_add_days(Days::new(number)).expect("a day")
}

/// Thirty days at a time, one after the other; five cases and three colleagues at least, the median as it is.
const USUAL: Terms = Terms {
    window: 30,
    step: 30,
    least_cases: 5,
    least_colleagues: 3,
    factor_percent: 100,
    mean: false,
    less_is_better: false,
};

fn of(value: i64, cases: i64) -> Measured {
    Measured { value, cases }
}

fn window(number: u64, own: Option<Measured>, colleagues: &[i64]) -> Window {
    Window {
        period: Period {
            from: day(number * 30),
            to: day(number * 30 + 30),
        },
        own,
        colleagues: colleagues.iter().map(|value| of(*value, 10)).collect(),
    }
}

fn told(windows: &[Window], terms: &Terms) -> Verdict {
    let compared: Vec<_> = windows.iter().map(|one| compare(one, terms)).collect();
    verdict(day(0), &compared)
}

#[test]
fn the_first_window_as_good_as_the_team_ends_the_time() {
    let team = [20, 30, 40];
    let mean = Terms {
        mean: true,
        ..USUAL
    };
    let most = Terms {
        factor_percent: 80,
        ..USUAL
    };
    let less = Terms {
        less_is_better: true,
        ..USUAL
    };
    let reached = |window: u64| Verdict::Reached {
        on: day(window * 30 + 29),
        days: i64::try_from(window * 30 + 30).expect("days"),
    };
    for (terms, own, colleagues, expected, why) in [
        (
            USUAL,
            vec![of(10, 9), of(29, 9), of(30, 9), of(5, 9)],
            &team[..],
            reached(2),
            "as good as the median; what comes later doesn't matter",
        ),
        (
            USUAL,
            vec![of(29, 9)],
            &team,
            Verdict::NotYet,
            "nearly isn't reached",
        ),
        (most, vec![of(24, 9)], &team, reached(0), "80 % of 30"),
        (
            most,
            vec![of(23, 9)],
            &team,
            Verdict::NotYet,
            "less than that",
        ),
        (
            USUAL,
            vec![of(25, 9)],
            &[10, 20, 30, 40],
            reached(0),
            "the median of an even number lies between the middle two",
        ),
        (
            mean,
            vec![of(30, 9)],
            &[10, 20, 60],
            reached(0),
            "the mean is 30",
        ),
        (
            mean,
            vec![of(29, 9)],
            &[10, 20, 60],
            Verdict::NotYet,
            "where the median would have been 20",
        ),
        (
            USUAL,
            vec![of(99, 4)],
            &team,
            Verdict::TooFewCases,
            "four cases say nothing",
        ),
        (
            USUAL,
            vec![of(99, 4), of(30, 5)],
            &team,
            reached(1),
            "the next window has enough",
        ),
        (
            USUAL,
            vec![of(99, 9)],
            &[20, 30],
            Verdict::TooFewColleagues,
            "two colleagues are no team",
        ),
        (USUAL, vec![], &team, Verdict::TooEarly, "no window is over"),
        (
            less,
            vec![of(31, 9), of(30, 9)],
            &team,
            reached(1),
            "of times, less is better",
        ),
        (
            Terms {
                factor_percent: 50,
                ..less
            },
            vec![of(60, 9)],
            &team,
            reached(0),
            "half as good takes twice as long",
        ),
    ] {
        let windows: Vec<Window> = (0..)
            .zip(own)
            .map(|(number, own)| window(number, Some(own), colleagues))
            .collect();
        assert_eq!(told(&windows, &terms), expected, "{why}");
    }
}

#[test]
fn colleagues_with_few_cases_are_no_part_of_the_team_s_figure() {
    let mut one = window(0, Some(of(25, 9)), &[20, 30, 40]);
    one.colleagues.push(of(1, 2));
    let found = compare(&one, &USUAL);
    assert_eq!((found.colleagues, found.standard), (3, Some(30)));
    one.colleagues[0].cases = 1;
    assert_eq!(told(&[one], &USUAL), Verdict::TooFewColleagues);
    assert_eq!(
        told(&[window(0, None, &[1, 2, 3])], &USUAL),
        Verdict::TooFewCases
    );
}

#[test]
fn windows_roll_from_the_first_day() {
    let rolling = Terms { step: 7, ..USUAL };
    assert!(windows(day(0), day(29), &rolling).is_empty());
    let found = windows(day(0), day(44), &rolling);
    let spans: Vec<_> = found.iter().map(|one| (one.from, one.to)).collect();
    assert_eq!(
        spans,
        [(day(0), day(30)), (day(7), day(37)), (day(14), day(44))]
    );
}

proptest! {
    /// More time only ever adds windows at the end, so an answer once given stays.
    #[test]
    fn what_was_reached_stays_reached(
        values in proptest::collection::vec((0_i64..100, 0_i64..20, proptest::collection::vec(0_i64..100, 0..6)), 0..12),
        known in 0_usize..12,
    ) {
        let all: Vec<Window> = (0..).zip(&values).map(|(number, (value, cases, colleagues))| window(number, Some(of(*value, *cases)), colleagues)).collect();
        let early = told(&all[..known.min(all.len())], &USUAL);
        let late = told(&all, &USUAL);
        if let Verdict::Reached { .. } = early {
            prop_assert_eq!(early, late);
        }
        if let Verdict::Reached { days, .. } = late {
            prop_assert!(days >= 30 && days % 30 == 0);
        }
    }

    /// A better figure is never worse for the newcomer, and a lower bar never harder.
    #[test]
    fn better_is_never_worse(own in 0_i64..100, more in 0_i64..50, factor in 10_i64..200, colleagues in proptest::collection::vec(0_i64..100, 3..8), less in any::<bool>()) {
        let terms = Terms { factor_percent: factor, less_is_better: less, ..USUAL };
        let better = if less { own - more } else { own + more };
        let before = compare(&window(0, Some(of(own, 9)), &colleagues), &terms).reached;
        let after = compare(&window(0, Some(of(better, 9)), &colleagues), &terms).reached;
        prop_assert!(!before || after);
        let easier = Terms { factor_percent: factor / 2 + 1, ..terms };
        prop_assert!(!before || compare(&window(0, Some(of(own, 9)), &colleagues), &easier).reached);
    }
}
