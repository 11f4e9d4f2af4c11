//! What judges give, and what comes of it (计分).

use serde::{Deserialize, Serialize};

use crate::decimal::SCALE;

/// What judges look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The most points, in ten-thousandths.
    pub max_points: i64,
    /// How much it weighs beside the others.
    pub weight: i64,
}

/// The whole of what is reached in every criterion, of a hundred, in ten-thousandths; half rounded up. None when the points
/// don't fit the criteria.
#[must_use]
pub fn total(criteria: &[Criterion], points: &[i64]) -> Option<i64> {
    let weights: i128 = criteria.iter().map(|one| i128::from(one.weight)).sum();
    let fits = criteria.len() == points.len()
        && weights > 0
        && criteria
            .iter()
            .zip(points)
            .all(|(one, points)| (0..=one.max_points).contains(points) && one.max_points > 0);
    if !fits {
        return None;
    }
    // Each part is a fraction of its own; millionths of a ten-thousandth lose nothing that shows.
    let fine: i128 = 1_000_000;
    let sum: i128 = criteria
        .iter()
        .zip(points)
        .map(|(one, points)| {
            i128::from(*points) * 100 * i128::from(SCALE) * fine * i128::from(one.weight)
                / i128::from(one.max_points)
        })
        .sum();
    let under = weights * fine;
    i64::try_from((sum + under / 2) / under).ok()
}

/// Which scores are left out of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dropping {
    /// So many of the highest and as many of the lowest.
    pub each: usize,
    /// Only when there are at least so many.
    pub from: usize,
}

/// The mean of the scores that count, half rounded up; none without any. At least one always counts.
#[must_use]
pub fn mean(scores: &[i64], dropping: Dropping) -> Option<i64> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable();
    let drops = sorted.len() >= dropping.from && sorted.len() > dropping.each * 2;
    let each = if drops { dropping.each } else { 0 };
    let counted = sorted.get(each..sorted.len() - each)?;
    let count = i128::try_from(counted.len())
        .ok()
        .filter(|count| *count > 0)?;
    let sum: i128 = counted.iter().copied().map(i128::from).sum();
    i64::try_from((sum + count / 2).div_euclid(count)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn criterion(max_points: i64, weight: i64) -> Criterion {
        Criterion {
            name: "Care".to_owned(),
            name_zh: "细致".to_owned(),
            max_points: max_points * SCALE,
            weight,
        }
    }

    #[test]
    fn criteria_count_by_their_weights() {
        let two = [criterion(10, 60), criterion(20, 40)];
        for (criteria, points, expected) in [
            (&two[..], &[10, 20][..], Some(100)),
            (&two, &[5, 10], Some(50)),
            (&two, &[10, 0], Some(60)),
            (&two, &[0, 20], Some(40)),
            (&two, &[8, 15], Some(78)),
            (&two, &[11, 0], None),
            (&two, &[10], None),
            (&[], &[], None),
        ] {
            let points: Vec<i64> = points.iter().map(|points| points * SCALE).collect();
            let expected = expected.map(|percent: i64| percent * SCALE);
            assert_eq!(total(criteria, &points), expected, "{points:?}");
        }
        // Two of three points: 66.6667 of a hundred.
        assert_eq!(total(&[criterion(3, 1)], &[2 * SCALE]), Some(666_667));
    }

    #[test]
    fn the_highest_and_the_lowest_go_when_there_are_enough() {
        let usual = Dropping { each: 1, from: 5 };
        for (scores, dropping, expected, why) in [
            (&[80, 90, 70, 85, 75][..], usual, Some(80), "70 and 90 go"),
            (
                &[0, 80, 80, 80, 100],
                usual,
                Some(80),
                "nobody alone lifts or sinks an entrant",
            ),
            (&[80, 90, 70, 84], usual, Some(81), "of four all count"),
            (
                &[80, 90],
                Dropping { each: 1, from: 1 },
                Some(85),
                "one would have to be left",
            ),
            (
                &[80, 90, 95],
                Dropping { each: 1, from: 1 },
                Some(90),
                "and here is",
            ),
            (
                &[1, 2],
                Dropping { each: 0, from: 1 },
                Some(2),
                "half is rounded up",
            ),
            (&[], usual, None, "without scores there is none"),
        ] {
            assert_eq!(mean(scores, dropping), expected, "{why}");
        }
    }

    proptest! {
        /// The mean lies between what was given, whoever's score comes first, and a better score is never worse.
        #[test]
        fn means_are_fair(
            mut scores in proptest::collection::vec(0_i64..=1_000_000, 1..12),
            each in 0_usize..4, from in 1_usize..8, place in any::<prop::sample::Index>(), more in 0_i64..100_000,
        ) {
            let dropping = Dropping { each, from };
            let found = mean(&scores, dropping).expect("a mean");
            let (least, most) = (scores.iter().min().expect("one"), scores.iter().max().expect("one"));
            prop_assert!(*least <= found && found <= *most);
            let mut turned = scores.clone();
            turned.reverse();
            prop_assert_eq!(mean(&turned, dropping), Some(found));
            let place = place.index(scores.len());
            scores[place] += more;
            prop_assert!(mean(&scores, dropping).expect("a mean") >= found);
        }

        /// Whoever reaches more in a criterion has more in all, from nought to a hundred.
        #[test]
        fn totals_are_monotone(parts in proptest::collection::vec((1_i64..100, 1_i64..100, 0_i64..=100), 1..6), place in any::<prop::sample::Index>()) {
            let criteria: Vec<Criterion> = parts.iter().map(|(max, weight, _)| criterion(*max, *weight)).collect();
            let mut points: Vec<i64> = parts.iter().map(|(max, _, share)| max * SCALE * share / 100).collect();
            let before = total(&criteria, &points).expect("they fit");
            prop_assert!((0..=100 * SCALE).contains(&before));
            let place = place.index(points.len());
            points[place] = criteria[place].max_points;
            prop_assert!(total(&criteria, &points).expect("they fit") >= before);
        }
    }
}
