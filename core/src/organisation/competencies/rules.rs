//! Which profile and which assessments hold on a day, and what is missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{competency_assessment, competency_profile, competency_want};
use uuid::Uuid;

/// The lowest level.
pub const LOWEST: i32 = 1;
/// The highest level.
pub const HIGHEST: i32 = 5;
/// The most competencies of a profile.
pub const MOST_WANTS: usize = 20;

/// The profile of a day among those of one position.
#[must_use]
pub fn profile_on(
    profiles: &[competency_profile::Model],
    day: NaiveDate,
) -> Option<&competency_profile::Model> {
    profiles
        .iter()
        .filter(|profile| profile.valid_from <= day)
        .max_by_key(|profile| profile.valid_from)
}

/// The assessments that hold on a day, by competency: the latest of each. Of one day that which was written later counts.
#[must_use]
pub fn held_on(
    assessments: &[competency_assessment::Model],
    day: NaiveDate,
) -> BTreeMap<Uuid, &competency_assessment::Model> {
    let mut held: BTreeMap<Uuid, &competency_assessment::Model> = BTreeMap::new();
    for one in assessments.iter().filter(|one| one.assessed_on <= day) {
        let when = |row: &competency_assessment::Model| (row.assessed_on, row.created_at, row.id);
        held.entry(one.competency_id)
            .and_modify(|known| {
                if when(one) > when(known) {
                    *known = one;
                }
            })
            .or_insert(one);
    }
    held
}

/// What is wanted of one competency, and what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The competency.
    pub competency: Uuid,
    /// The level that is wanted.
    pub wanted: i32,
    /// The level that was found; none when nobody has looked.
    pub found: Option<i32>,
}

impl Line {
    /// How many levels are missing. What nobody has looked at is missing as a whole.
    #[must_use]
    pub fn missing(self) -> i32 {
        (self.wanted - self.found.unwrap_or(0)).max(0)
    }
}

/// What a profile wants beside what is there, the largest gap first.
#[must_use]
pub fn gap(
    wants: &[competency_want::Model],
    held: &BTreeMap<Uuid, &competency_assessment::Model>,
) -> Vec<Line> {
    let mut lines: Vec<Line> = wants
        .iter()
        .map(|want| Line {
            competency: want.competency_id,
            wanted: want.level,
            found: held.get(&want.competency_id).map(|one| one.level),
        })
        .collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.missing()), line.competency));
    lines
}

/// How many of a hundred wanted levels are there, rounded down; none for a profile that wants nothing. What somebody has
/// beyond what is wanted makes up for nothing.
#[must_use]
pub fn fit(lines: &[Line]) -> Option<i32> {
    let wanted: i32 = lines.iter().map(|line| line.wanted).sum();
    let there: i32 = lines.iter().map(|line| line.wanted - line.missing()).sum();
    (wanted > 0).then(|| there * 100 / wanted)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day") + TimeDelta::days(number)
    }

    fn found(competency: u128, level: i32, on: i64, written: i64) -> competency_assessment::Model {
        competency_assessment::Model {
            id: Uuid::nil(),
            member_id: Uuid::nil(),
            competency_id: Uuid::from_u128(competency),
            level,
            evidence: "Seen on the hotline.".to_owned(),
            assessed_on: day(on),
            assessed_by: None,
            assessed_by_name: String::new(),
            created_at: DateTime::from_timestamp(written, 0).expect("a time"),
        }
    }

    fn want(competency: u128, level: i32) -> competency_want::Model {
        competency_want::Model {
            id: Uuid::nil(),
            profile_id: Uuid::nil(),
            competency_id: Uuid::from_u128(competency),
            level,
        }
    }

    #[test]
    fn gaps() {
        let rows = [
            found(1, 2, 0, 0),
            found(1, 4, 10, 1),
            found(2, 5, 0, 0),
            found(1, 3, 10, 2),
        ];
        let wants = [want(1, 4), want(2, 3), want(3, 2)];
        for (on, missing, fit_percent) in [
            // Nobody has looked yet: all is missing.
            (-1, [(1, 4), (2, 3), (3, 2)], 0),
            // Two levels short of the first; what is too much of the second doesn't help the third.
            (0, [(1, 2), (3, 2), (2, 0)], 55),
            // Of two assessments of one day the later one counts.
            (10, [(3, 2), (1, 1), (2, 0)], 66),
        ] {
            let lines = gap(&wants, &held_on(&rows, day(on)));
            let got: Vec<(u128, i32)> = lines
                .iter()
                .map(|line| (line.competency.as_u128(), line.missing()))
                .collect();
            assert_eq!(got, missing, "on day {on}");
            assert_eq!(fit(&lines), Some(fit_percent), "on day {on}");
        }
        assert_eq!(fit(&[]), None);
    }

    #[test]
    fn the_profile_of_a_day_is_the_last_one_before() {
        let profile = |number: i32, from: i64| competency_profile::Model {
            id: Uuid::nil(),
            position_id: Uuid::nil(),
            number,
            valid_from: day(from),
            note: None,
            created_by: None,
            created_at: DateTime::from_timestamp(0, 0).expect("a time"),
        };
        let profiles = [profile(2, 10), profile(1, 0)];
        let number = |on| profile_on(&profiles, day(on)).map(|one| one.number);
        assert_eq!(
            [number(-1), number(0), number(9), number(10)],
            [None, Some(1), Some(1), Some(2)]
        );
    }

    proptest! {
        /// On every day the level is that of the latest assessment up to it, in whatever order the rows come.
        #[test]
        fn the_latest_assessment_up_to_a_day_counts(rows in proptest::collection::vec((1_u128..4, 1_i32..6, 0_i64..30), 0..20), on in -5_i64..35) {
            let models: Vec<_> = (0_i64..).zip(&rows).map(|(written, (competency, level, day))| found(*competency, *level, *day, written)).collect();
            let mut turned = models.clone();
            turned.reverse();
            let levels = |rows: &[competency_assessment::Model]| -> BTreeMap<Uuid, i32> {
                held_on(rows, day(on)).into_iter().map(|(id, one)| (id, one.level)).collect()
            };
            let mut naive = BTreeMap::new();
            let mut days: Vec<_> = rows.iter().filter(|row| row.2 <= on).collect();
            days.sort_by_key(|row| row.2);
            for (competency, level, _) in days {
                naive.insert(Uuid::from_u128(*competency), *level);
            }
            prop_assert_eq!(levels(&models), naive);
            prop_assert_eq!(levels(&turned), levels(&models));
        }
    }
}
