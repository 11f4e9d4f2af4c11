//! Recognition between colleagues (同事认可): within limits, and what tells of mutual back-patting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, TimeDelta};
use uuid::Uuid;

use crate::error::Text;

/// How much recognition there can be, so that it keeps its worth (同事认可限额).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecognitionLimits {
    /// The most that somebody gives in a calendar month.
    pub per_month: usize,
    /// The most that somebody gives to the same colleague in a calendar quarter.
    pub per_pair: usize,
    /// For so many days somebody can't recognise a colleague who has just recognised them.
    pub return_days: i64,
}

/// A colleague recognised by another (同事认可).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recognition {
    /// Who gives it.
    pub giver: Uuid,
    /// Who gets it.
    pub receiver: Uuid,
    /// On which day.
    pub day: NaiveDate,
}

/// Why somebody can't recognise a colleague now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// It is oneself (不能认可自己).
    Oneself,
    /// The month's are used up (本月额度已用完).
    Month(usize),
    /// The quarter's for this colleague are used up (本季对此同事的额度已用完).
    Pair(usize),
    /// The colleague has just recognised them (对方刚刚认可过本人).
    Returned(i64),
}

impl Obstacle {
    /// In a sentence.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Oneself => Text::new("Nobody recognises themselves.", "不能认可自己。"),
            Self::Month(most) => Text::new(
                format!("You have given {most} this month; that is the most."),
                format!("本月已认可 {most} 次，达到上限。"),
            ),
            Self::Pair(most) => Text::new(
                format!(
                    "You have recognised this colleague {most} times this quarter; that is the most."
                ),
                format!("本季度已认可该同事 {most} 次，达到上限。"),
            ),
            Self::Returned(days) => Text::new(
                format!("This colleague has recognised you within {days} days; wait a little."),
                format!("该同事在 {days} 天内刚认可过您，请稍后再试。"),
            ),
        }
    }
}

/// What is in the way of a recognition; `given` are those of the quarter and the days before it, of both.
#[must_use]
pub fn obstacles(
    limits: RecognitionLimits,
    given: &[Recognition],
    wanted: Recognition,
) -> Vec<Obstacle> {
    let month = |day: NaiveDate| (day.year(), day.month());
    let quarter = |day: NaiveDate| (day.year(), day.month0() / 3);
    let own = || given.iter().filter(|one| one.giver == wanted.giver);
    let in_month = own()
        .filter(|one| month(one.day) == month(wanted.day))
        .count();
    let to_them = own()
        .filter(|one| one.receiver == wanted.receiver && quarter(one.day) == quarter(wanted.day))
        .count();
    let returned = given.iter().any(|one| {
        let days = (wanted.day - one.day).num_days();
        (one.giver, one.receiver) == (wanted.receiver, wanted.giver)
            && (0..limits.return_days).contains(&days)
    });
    let mut found = Vec::new();
    if wanted.giver == wanted.receiver {
        found.push(Obstacle::Oneself);
    }
    if in_month >= limits.per_month {
        found.push(Obstacle::Month(limits.per_month));
    }
    if to_them >= limits.per_pair {
        found.push(Obstacle::Pair(limits.per_pair));
    }
    if returned {
        found.push(Obstacle::Returned(limits.return_days));
    }
    found
}

/// Two who recognise each other (互相认可).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mutual {
    /// The one with the smaller id.
    pub one: Uuid,
    /// The other.
    pub other: Uuid,
    /// How often the one has recognised the other.
    pub there: usize,
    /// How often the other has recognised the one.
    pub back: usize,
}

/// Pairs who have recognised each other so many times at least, each way; most of all first.
#[must_use]
pub fn mutual(given: &[Recognition], least: usize) -> Vec<Mutual> {
    let mut counts: BTreeMap<(Uuid, Uuid), usize> = BTreeMap::new();
    for one in given {
        *counts.entry((one.giver, one.receiver)).or_default() += 1;
    }
    let mut pairs: Vec<Mutual> = counts
        .iter()
        .filter(|((one, other), _)| one < other)
        .filter_map(|((one, other), there)| {
            let back = *counts.get(&(*other, *one))?;
            (*there.min(&back) >= least.max(1)).then_some(Mutual {
                one: *one,
                other: *other,
                there: *there,
                back,
            })
        })
        .collect();
    pairs.sort_by_key(|pair| {
        (
            std::cmp::Reverse(pair.there + pair.back),
            pair.one,
            pair.other,
        )
    });
    pairs
}

/// Somebody who receives recognition, and how much of all it is (认可集中度).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concentration {
    /// Who.
    pub receiver: Uuid,
    /// How often they were recognised.
    pub received: usize,
    /// By how many colleagues.
    pub givers: usize,
    /// How much of all recognitions that is, in ten-thousandths, rounded down.
    pub basis_points: usize,
}

/// Those who were recognised most, so many at most; of equals the one with the smaller id first.
#[must_use]
pub fn concentration(given: &[Recognition], most: usize) -> Vec<Concentration> {
    let mut of: BTreeMap<Uuid, (usize, BTreeSet<Uuid>)> = BTreeMap::new();
    for one in given {
        let (received, givers) = of.entry(one.receiver).or_default();
        *received += 1;
        givers.insert(one.giver);
    }
    let mut all: Vec<Concentration> = of
        .into_iter()
        .map(|(receiver, (received, givers))| Concentration {
            receiver,
            received,
            givers: givers.len(),
            basis_points: received * 10_000 / given.len().max(1),
        })
        .collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.received), one.receiver));
    all.truncate(most);
    all
}

/// From which day on recognitions have to be known to say what is in the way of one on a day: the first day of its quarter, or so
/// many days before it as nobody returns one.
#[must_use]
pub fn known_from(limits: RecognitionLimits, day: NaiveDate) -> NaiveDate {
    let quarter = NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1);
    let back = TimeDelta::try_days(limits.return_days);
    let before = back.and_then(|back| day.checked_sub_signed(back));
    quarter.unwrap_or(day).min(before.unwrap_or(day))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn member(id: u128) -> Uuid {
        Uuid::from_u128(id)
    }

    fn recognition(giver: u128, receiver: u128, month: u32, day: u32) -> Recognition {
        Recognition {
            giver: member(giver),
            receiver: member(receiver),
            day: NaiveDate::from_ymd_opt(2026, month, day).expect("a day"),
        }
    }

    #[test]
    fn recognition_is_limited_by_month_pair_and_return() {
        let limits = RecognitionLimits {
            per_month: 3,
            per_pair: 2,
            return_days: 7,
        };
        let given = [
            recognition(1, 2, 7, 3),
            recognition(1, 2, 8, 20),
            recognition(1, 3, 9, 1),
            recognition(1, 4, 9, 2),
            recognition(5, 1, 9, 3),
        ];
        for (wanted, found) in [
            (recognition(1, 4, 9, 9), vec![]),
            (recognition(1, 1, 9, 9), vec![Obstacle::Oneself]),
            (recognition(1, 2, 9, 9), vec![Obstacle::Pair(2)]),
            (recognition(1, 2, 10, 1), vec![]),
            (recognition(1, 5, 9, 9), vec![Obstacle::Returned(7)]),
            (recognition(1, 5, 9, 10), vec![]),
        ] {
            assert_eq!(obstacles(limits, &given, wanted), found, "{wanted:?}");
        }
        let full: Vec<Recognition> = (1..=3).map(|day| recognition(1, 9, 9, day)).collect();
        assert_eq!(
            obstacles(limits, &full, recognition(1, 2, 9, 30)),
            [Obstacle::Month(3)]
        );
    }

    #[test]
    fn those_who_pat_each_other_are_seen() {
        let mut given: Vec<Recognition> = (1..=3)
            .flat_map(|day| [recognition(1, 2, 9, day), recognition(2, 1, 9, day)])
            .collect();
        given.push(recognition(2, 1, 9, 9));
        given.extend([
            recognition(3, 1, 9, 1),
            recognition(1, 3, 9, 2),
            recognition(4, 1, 9, 1),
        ]);
        let pairs = mutual(&given, 2);
        assert_eq!(
            pairs,
            [Mutual {
                one: member(1),
                other: member(2),
                there: 3,
                back: 4
            }]
        );
        assert_eq!(mutual(&given, 1).len(), 2);
    }

    #[test]
    fn those_who_get_most_are_seen() {
        let mut given: Vec<Recognition> = (1..=4).map(|day| recognition(1, 2, 9, day)).collect();
        given.extend([
            recognition(3, 2, 9, 5),
            recognition(2, 1, 9, 6),
            recognition(2, 3, 9, 7),
        ]);
        let found = concentration(&given, 2);
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.receiver, one.received, one.givers, one.basis_points))
            .collect();
        assert_eq!(told, [(member(2), 5, 2, 7_142), (member(1), 1, 1, 1_428)]);
        assert_eq!(concentration(&[], 5), []);
    }

    #[test]
    fn the_quarter_and_the_days_before_are_looked_at() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (on, return_days, from) in [
            ("2026-09-09", 7, "2026-07-01"),
            ("2026-07-03", 7, "2026-06-26"),
            ("2026-01-01", 0, "2026-01-01"),
            ("2026-12-31", 92, "2026-09-30"),
        ] {
            let limits = RecognitionLimits {
                per_month: 5,
                per_pair: 2,
                return_days,
            };
            assert_eq!(known_from(limits, day(on)), day(from), "{on}");
        }
    }

    proptest! {
        /// Whoever gives whenever nothing is in the way never gives more than the limits.
        #[test]
        fn limits_hold_whatever_is_tried(
            tries in proptest::collection::vec((1_u128..5, 1_u128..5, 0_i64..200), 0..120),
            per_month in 0_usize..4,
            per_pair in 0_usize..3,
            return_days in 0_i64..20,
        ) {
            let limits = RecognitionLimits { per_month, per_pair, return_days };
            let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
            let mut tries = tries;
            tries.sort_by_key(|(_, _, day)| *day);
            let mut given: Vec<Recognition> = Vec::new();
            for (giver, receiver, day) in tries {
                let day = first + TimeDelta::days(day);
                let wanted = Recognition { giver: member(giver), receiver: member(receiver), day };
                let known: Vec<Recognition> =
                    given.iter().filter(|one| one.day >= known_from(limits, day)).copied().collect();
                prop_assert_eq!(obstacles(limits, &known, wanted), obstacles(limits, &given, wanted));
                if obstacles(limits, &known, wanted).is_empty() {
                    given.push(wanted);
                }
            }
            for one in &given {
                prop_assert_ne!(one.giver, one.receiver);
                let month = given.iter().filter(|other| {
                    other.giver == one.giver
                        && (other.day.year(), other.day.month()) == (one.day.year(), one.day.month())
                });
                prop_assert!(month.count() <= per_month);
                let returned = given.iter().any(|other| {
                    (other.giver, other.receiver) == (one.receiver, one.giver)
                        && other.day > one.day
                        && (other.day - one.day).num_days() < return_days
                });
                prop_assert!(!returned);
            }
        }
    }
}
