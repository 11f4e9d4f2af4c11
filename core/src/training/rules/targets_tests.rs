use proptest::prelude::*;

use super::*;

/// Forty hours.
const FORTY: i64 = 2_400;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
}

fn year() -> Year {
    Year::of(2026).expect("a year")
}

fn always() -> Life {
    Life {
        joined: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day"),
        left: None,
        away: Vec::new(),
    }
}

#[test]
fn the_target_is_weighed_by_days() {
    let joiner = Life {
        joined: day(7, 2),
        ..always()
    };
    let leaver = Life {
        left: Some(day(4, 1)),
        ..always()
    };
    let parent = Life {
        away: vec![(day(3, 1), day(6, 1))],
        ..always()
    };
    let twice = Life {
        away: vec![(day(3, 1), day(6, 1)), (day(5, 1), day(6, 1))],
        ..always()
    };
    let gone = Life {
        left: Some(day(1, 1)),
        ..always()
    };
    for (who, life, expected) in [
        ("the whole year", always(), FORTY),
        ("183 of 365 days", joiner, 1_203),
        ("90 days", leaver, 592),
        ("without 92 days", parent, 1_795),
        ("days away count once", twice, 1_795),
        ("left before", gone, 0),
    ] {
        assert_eq!(wanted(year(), &life, |_| FORTY), expected, "{who}");
    }
}

#[test]
fn a_change_of_position_counts_from_its_day() {
    let on = |at: NaiveDate| if at < day(7, 2) { FORTY } else { 2 * FORTY };
    // 182 days of 40 hours a year and 183 of 80.
    assert_eq!(wanted(year(), &always(), on), 3_603);
}

#[test]
fn the_latest_target_that_was_set_holds() {
    let set = [(2026, 3_000), (2024, 2_400)];
    for (year, expected) in [
        (2023, None),
        (2024, Some(2_400)),
        (2025, Some(2_400)),
        (2026, Some(3_000)),
        (2030, Some(3_000)),
    ] {
        assert_eq!(target_of(&set, year), expected, "{year}");
    }
}

#[test]
fn whether_a_year_is_going_to_be_reached() {
    let known = |booked, ahead| Known {
        target: FORTY,
        booked,
        ahead,
    };
    for (what, known, today, forecast, verdict) in [
        (
            "early in the year",
            known(0, 0),
            day(1, 20),
            0,
            Verdict::TooEarly,
        ),
        (
            "early, but enrolled for all of it",
            known(0, 2_400),
            day(1, 20),
            2_400,
            Verdict::OnCourse,
        ),
        (
            "nothing by March",
            known(0, 0),
            day(3, 2),
            0,
            Verdict::Behind,
        ),
        (
            "nothing by March, little enrolled for",
            known(0, 600),
            day(3, 2),
            600,
            Verdict::Behind,
        ),
        (
            "a third by March",
            known(800, 0),
            day(3, 2),
            4_866,
            Verdict::OnCourse,
        ),
        (
            "half a pace",
            known(600, 0),
            day(7, 2),
            1_203,
            Verdict::Behind,
        ),
        ("done", known(2_400, 0), day(7, 2), 4_813, Verdict::Met),
        (
            "over and missed",
            known(2_399, 500),
            NaiveDate::from_ymd_opt(2027, 1, 1).expect("a day"),
            2_399,
            Verdict::Missed,
        ),
        (
            "a year ahead",
            known(0, 0),
            NaiveDate::from_ymd_opt(2025, 6, 1).expect("a day"),
            0,
            Verdict::TooEarly,
        ),
    ] {
        let got = outlook(year(), &always(), known, today);
        assert_eq!((got.forecast, got.verdict), (forecast, verdict), "{what}");
    }
}

#[test]
fn nothing_is_asked_of_who_is_away_all_year() {
    let life = Life {
        away: vec![(
            day(1, 1),
            NaiveDate::from_ymd_opt(2027, 1, 1).expect("a day"),
        )],
        ..always()
    };
    let target = wanted(year(), &life, |_| FORTY);
    let got = outlook(
        year(),
        &life,
        Known {
            target,
            booked: 0,
            ahead: 0,
        },
        day(6, 1),
    );
    assert_eq!((target, got.days, got.verdict), (0, 0, Verdict::Met));
}

#[test]
fn only_whole_days_away_count() {
    let at = |d: NaiveDate, hour: u32| d.and_hms_opt(hour, 0, 0).expect("a time");
    for (from, to, expected) in [
        (
            at(day(3, 1), 0),
            at(day(3, 3), 0),
            Some((day(3, 1), day(3, 3))),
        ),
        (
            at(day(3, 1), 9),
            at(day(3, 3), 18),
            Some((day(3, 2), day(3, 3))),
        ),
        (at(day(3, 1), 9), at(day(3, 1), 18), None),
        (at(day(3, 1), 13), at(day(3, 2), 13), None),
    ] {
        assert_eq!(whole_days(from, to), expected, "{from} to {to}");
    }
}

proptest! {
    /// Two parts of a year ask for what the whole does, but for rounding, and never for more than the whole year.
    #[test]
    fn parts_add_up(cut in 1_u64..364, minutes in 0_i64..10_000) {
        let middle = day(1, 1) + Days::new(cut);
        let first = Life { left: Some(middle), ..always() };
        let second = Life { joined: middle, ..always() };
        let (one, other) = (wanted(year(), &first, |_| minutes), wanted(year(), &second, |_| minutes));
        prop_assert!((one + other - minutes).abs() <= 1);
        prop_assert!(one <= minutes && other <= minutes);
    }

    /// Learning more never makes things worse.
    #[test]
    fn more_is_never_worse(booked in 0_i64..3_000, more in 0_i64..500, passed in 0_u64..400) {
        let today = day(1, 1) + Days::new(passed);
        let look = |booked| outlook(year(), &always(), Known { target: FORTY, booked, ahead: 100 }, today);
        let (one, other) = (look(booked), look(booked + more));
        prop_assert!(other.forecast >= one.forecast && other.missing <= one.missing);
        prop_assert!(other.verdict >= one.verdict || other.verdict == Verdict::Met);
    }
}
