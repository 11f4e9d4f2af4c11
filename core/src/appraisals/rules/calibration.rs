//! How results are spread, which bands have too many, and where a judge, a team or a time of service may weigh in (校准).

use std::collections::BTreeMap;

use super::content::Content;
use super::scoring::band_of;
use crate::decimal::Decimal;

/// How many results lie in a band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The band's key.
    pub band: String,
    /// How many results.
    pub count: usize,
    /// How many there may be; none when it doesn't matter.
    pub most: Option<usize>,
}

impl Share {
    /// How many are too many.
    #[must_use]
    pub fn over(&self) -> usize {
        self.most.map_or(0, |most| self.count.saturating_sub(most))
    }
}

/// How the results of a template are spread over its bands, from the best one down. A band with a share of so many percent
/// takes that share of the group, rounded down.
#[must_use]
pub fn spread(content: &Content, scores: &[Decimal]) -> Vec<Share> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for score in scores {
        *counts.entry(band_of(content, *score)).or_default() += 1;
    }
    content
        .bands
        .iter()
        .map(|band| Share {
            band: band.key.clone(),
            count: counts.get(band.key.as_str()).copied().unwrap_or(0),
            most: band.most_percent.map(|percent| {
                let percent = usize::try_from(percent).unwrap_or(0);
                scores.len() * percent / 100
            }),
        })
        .collect()
}

/// A result with what may have weighed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged<K> {
    /// The score.
    pub score: Decimal,
    /// Who judged, in which team, since when: whatever is compared.
    pub group: K,
}

/// What stands out about a group of results.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint<K> {
    /// The group.
    pub group: K,
    /// How many results it has.
    pub count: usize,
    /// How many results the others have.
    pub others: usize,
    /// What is said of it.
    pub finding: Finding,
}

/// What is said of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding {
    /// Too few results on either side: nothing is said.
    TooFew,
    /// Not far from the others.
    Even,
    /// Higher than the others by so many points.
    Higher(f64),
    /// Lower than the others by so many points.
    Lower(f64),
}

/// The fewest results on either side of which anything is said.
pub const LEAST: usize = 5;
/// From which difference on a group stands out, in standard deviations of all results: what is commonly called a large effect.
const LARGE: f64 = 0.8;

/// Each group of results against all others, in the order of the groups. It is a hint where to look, not a proof of bias.
#[must_use]
pub fn hints<K: Clone + Ord>(results: &[Judged<K>]) -> Vec<Hint<K>> {
    let points = |score: Decimal| score.0 as f64 / crate::decimal::SCALE as f64;
    let all: Vec<f64> = results.iter().map(|one| points(one.score)).collect();
    let deviation = deviation(&all);
    let mut groups: BTreeMap<&K, Vec<f64>> = BTreeMap::new();
    for one in results {
        groups
            .entry(&one.group)
            .or_default()
            .push(points(one.score));
    }
    let sum: f64 = all.iter().sum();
    groups
        .into_iter()
        .map(|(group, scores)| {
            let others = all.len() - scores.len();
            let finding = if scores.len() < LEAST || others < LEAST {
                Finding::TooFew
            } else {
                let own: f64 = scores.iter().sum();
                let rest = (sum - own) / others as f64;
                let apart = own / scores.len() as f64 - rest;
                if deviation > 0.0 && apart.abs() >= LARGE * deviation {
                    if apart > 0.0 {
                        Finding::Higher(apart)
                    } else {
                        Finding::Lower(-apart)
                    }
                } else {
                    Finding::Even
                }
            };
            Hint {
                group: group.clone(),
                count: scores.len(),
                others,
                finding,
            }
        })
        .collect()
}

fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

/// How long somebody has been here, as results are compared by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tenure {
    /// Less than a year.
    FirstYear,
    /// One to three years.
    OneToThree,
    /// Three years or more.
    Longer,
}

/// How long somebody has been here on a day.
#[must_use]
pub fn tenure(joined: chrono::NaiveDate, day: chrono::NaiveDate) -> Tenure {
    match day.years_since(joined).unwrap_or(0) {
        0 => Tenure::FirstYear,
        1 | 2 => Tenure::OneToThree,
        _ => Tenure::Longer,
    }
}

/// What moves when results are computed by other rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves<M: Ord> {
    /// How many results go from which band to which; those that stay too.
    pub between: BTreeMap<(String, String), usize>,
    /// Whose result goes to another band, with the scores before and after.
    pub moved: BTreeMap<M, (Decimal, Decimal)>,
    /// Whose result can't be computed by the other rules.
    pub unknown: Vec<M>,
}

/// A result with its band.
pub type Placed = (Decimal, String);

/// What moves between the results before and after.
#[must_use]
pub fn moves<M: Ord + Clone>(results: &[(M, Placed, Option<Placed>)]) -> Moves<M> {
    let mut moves = Moves {
        between: BTreeMap::new(),
        moved: BTreeMap::new(),
        unknown: Vec::new(),
    };
    for (member, (before, from), after) in results {
        let Some((after, to)) = after else {
            moves.unknown.push(member.clone());
            continue;
        };
        *moves.between.entry((from.clone(), to.clone())).or_default() += 1;
        if from != to {
            moves.moved.insert(member.clone(), (*before, *after));
        }
    }
    moves.unknown.sort();
    moves
}

#[cfg(test)]
mod tests {
    use super::super::content::{Band, Mode, Rounding};
    use super::*;
    use crate::decimal::SCALE;

    fn points(points: i64) -> Decimal {
        Decimal(points * SCALE)
    }

    fn content() -> Content {
        let band = |key: &str, from, most_percent| Band {
            key: key.to_owned(),
            name: key.to_owned(),
            name_zh: key.to_owned(),
            from: points(from),
            most_percent,
        };
        Content {
            full: 100,
            cap: points(98),
            rounding: Rounding {
                decimals: 1,
                mode: Mode::HalfUp,
            },
            bands: vec![
                band("excellent", 90, Some(30)),
                band("good", 75, None),
                band("weak", 0, None),
            ],
            sections: Vec::new(),
            behaviours: Vec::new(),
        }
    }

    #[test]
    fn the_excellent_band_takes_thirty_of_a_hundred_rounded_down() {
        for (results, excellent, most, over) in [
            (10, 3, 3, 0),
            (10, 4, 3, 1),
            (9, 3, 2, 1),
            (3, 1, 0, 1),
            (0, 0, 0, 0),
        ] {
            let scores: Vec<Decimal> = (0..results)
                .map(|n| points(if n < excellent { 95 } else { 80 }))
                .collect();
            let spread = spread(&content(), &scores);
            assert_eq!(
                (spread[0].count, spread[0].most, spread[0].over()),
                (excellent, Some(most), over)
            );
            assert_eq!(
                (spread[1].count, spread[1].most),
                (results - excellent, None)
            );
            assert_eq!(spread[2].count, 0);
        }
    }

    #[test]
    fn a_judge_who_stands_out_is_named_and_few_results_say_nothing() {
        let of = |group: &'static str, scores: &[i64]| -> Vec<Judged<&'static str>> {
            scores
                .iter()
                .map(|score| Judged {
                    score: points(*score),
                    group,
                })
                .collect()
        };
        let mut results = of("mild", &[95, 96, 94, 95, 96]);
        results.extend(of("usual", &[80, 85, 78, 82, 84, 79, 83]));
        results.extend(of("new", &[60, 61]));
        let found: Vec<(&str, Finding)> = hints(&results)
            .into_iter()
            .map(|hint| (hint.group, hint.finding))
            .collect();
        assert!(
            matches!(found[0], ("mild", Finding::Higher(apart)) if apart > 15.0),
            "{found:?}"
        );
        assert_eq!(found[1], ("new", Finding::TooFew));
        assert_eq!(found[2], ("usual", Finding::Even));
    }

    #[test]
    fn equal_results_are_even() {
        let results: Vec<Judged<u8>> = (0..12)
            .map(|n| Judged {
                score: points(80),
                group: n % 2,
            })
            .collect();
        assert!(
            hints(&results)
                .iter()
                .all(|hint| hint.finding == Finding::Even)
        );
    }

    #[test]
    fn what_moves_is_told_with_what_stays() {
        let placed = |score, band: &str| (points(score), band.to_owned());
        let moves = moves(&[
            (1, placed(91, "excellent"), Some(placed(88, "good"))),
            (2, placed(80, "good"), Some(placed(82, "good"))),
            (3, placed(80, "good"), None),
        ]);
        assert_eq!(
            moves.between[&("excellent".to_owned(), "good".to_owned())],
            1
        );
        assert_eq!(moves.between[&("good".to_owned(), "good".to_owned())], 1);
        assert_eq!(moves.moved, BTreeMap::from([(1, (points(91), points(88)))]));
        assert_eq!(moves.unknown, [3]);
    }

    #[test]
    fn years_count_by_the_day() {
        let day = |text: &str| text.parse().expect("a day");
        assert_eq!(
            tenure(day("2025-03-02"), day("2026-03-01")),
            Tenure::FirstYear
        );
        assert_eq!(
            tenure(day("2025-03-02"), day("2026-03-02")),
            Tenure::OneToThree
        );
        assert_eq!(tenure(day("2020-01-01"), day("2026-03-02")), Tenure::Longer);
        assert_eq!(
            tenure(day("2026-05-01"), day("2026-03-02")),
            Tenure::FirstYear
        );
    }
}
