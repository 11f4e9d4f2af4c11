//! Honours (荣誉): recognition between colleagues within limits, and titles that only so many can hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::value::Number;
use crate::error::Text;

/// How much recognition there can be, so that it keeps its worth (同事认可限额).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecognitionLimits {
    /// The most that somebody gives in a calendar month.
    pub per_month: usize,
    /// The most that somebody gives to the same colleague in a calendar quarter.
    pub per_pair: usize,
    /// For so many days somebody can't recognise a colleague who has just recognised them.
    pub return_days: i64,
}

impl Default for RecognitionLimits {
    fn default() -> Self {
        Self {
            per_month: 5,
            per_pair: 2,
            return_days: 7,
        }
    }
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

/// Who of the candidates gets a title that at most `most` can hold: the highest first. Equals get it together or, where there
/// isn't room for all of them, not at all. Whoever doesn't want to stand on the honour wall gets it all the same; see
/// [`shown`].
#[must_use]
pub fn holders(candidates: &[(Uuid, Number)], most: usize) -> Vec<Uuid> {
    let mut ranked = candidates.to_vec();
    ranked.sort_by_key(|(member, score)| (std::cmp::Reverse(*score), *member));
    let out = ranked.get(most).map(|(_, score)| *score);
    ranked
        .into_iter()
        .take(most)
        .filter(|(_, score)| Some(*score) != out)
        .map(|(member, _)| member)
        .collect()
}

/// Those of the holders who are shown on the honour wall: all but who doesn't want it (荣誉墙).
#[must_use]
pub fn shown(holders: &[Uuid], opted_out: &BTreeSet<Uuid>) -> Vec<Uuid> {
    holders
        .iter()
        .filter(|holder| !opted_out.contains(holder))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
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
    fn a_title_has_only_so_many_holders() {
        let score = |text: &str| text.parse::<Number>().expect("a number");
        let candidates = [
            (member(1), score("90")),
            (member(2), score("95")),
            (member(3), score("90")),
            (member(4), score("80")),
        ];
        assert_eq!(holders(&candidates, 1), [member(2)]);
        assert_eq!(holders(&candidates, 2), [member(2)]);
        assert_eq!(holders(&candidates, 3), [member(2), member(1), member(3)]);
        assert_eq!(holders(&candidates, 9).len(), 4);
        let out = BTreeSet::from([member(2)]);
        assert_eq!(
            shown(&holders(&candidates, 3), &out),
            [member(1), member(3)]
        );
    }
}
