use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Right or wrong for one point, with the total of the whole paper in points.
fn tries(rows: &[(bool, i64)]) -> Vec<Try> {
    rows.iter()
        .map(|(right, total)| Try {
            points: if *right { SCALE } else { 0 },
            max_points: SCALE,
            total: total * SCALE,
        })
        .collect()
}

/// Ten members; six right with totals 10, 9, 9, 8, 7, 5 and four wrong with 6, 4, 3, 3.
///
/// Rests (less the point itself): right 9, 8, 8, 7, 6, 4 (mean 7); wrong 6, 4, 3, 3 (mean 4); all: mean 5.8, squares
/// add up to 380, so the variance is 38 - 33.64 = 4.36 and s = 2.088. r = (7 - 4) / 2.088 * sqrt(0.6 * 0.4) = 0.7039.
/// 27 % of ten is three: all of the best three right, of the worst three none: D = 1.
#[test]
fn a_worked_example() {
    let rows = [
        (true, 10),
        (true, 9),
        (true, 9),
        (true, 8),
        (true, 7),
        (true, 5),
        (false, 6),
        (false, 4),
        (false, 3),
        (false, 3),
    ];
    let found = analyse(&tries(&rows)).expect("tries");
    assert_eq!((found.tries, written(found.difficulty)), (10, 6_000));
    assert_eq!(found.discrimination.map(written), Some(7_039));
    assert_eq!(written(found.upper_lower), 10_000);
    // The best three got it wrong and the worst right: it misleads.
    let turned: Vec<(bool, i64)> = rows.iter().map(|(right, total)| (!right, *total)).collect();
    let found = analyse(&tries(&turned)).expect("tries");
    assert!(found.discrimination.is_some_and(|r| r < -0.7));
    assert_eq!(written(found.upper_lower), -10_000);
}

#[test]
fn where_nothing_varies_nothing_is_said() {
    assert_eq!(analyse(&[]), None);
    let all_right = analyse(&tries(&[(true, 5), (true, 7)])).expect("tries");
    assert_eq!(
        (written(all_right.difficulty), all_right.discrimination),
        (10_000, None)
    );
    let one = analyse(&tries(&[(true, 5)])).expect("a try");
    assert_eq!((one.discrimination, written(one.upper_lower)), (None, 0));
}

#[test]
fn parts_count_as_parts_and_penalties_as_nought() {
    let rows = [
        Try {
            points: 5_000,
            max_points: SCALE,
            total: 60_000,
        },
        Try {
            points: -2_500,
            max_points: SCALE,
            total: 10_000,
        },
    ];
    assert_eq!(
        analyse(&rows).map(|found| written(found.difficulty)),
        Some(2_500)
    );
}

proptest! {
    /// For right-or-wrong questions the correlation is the point-biserial one, by its own formula.
    #[test]
    fn it_is_the_point_biserial_correlation(rows in vec((any::<bool>(), 0_i64..40), 3..60)) {
        let rows: Vec<(bool, i64)> = rows.into_iter().map(|(right, rest)| (right, rest + i64::from(right))).collect();
        let found = analyse(&tries(&rows)).expect("tries");
        let rest = |wanted: bool| -> Vec<f64> {
            rows.iter().filter(|(right, _)| *right == wanted).map(|(right, total)| (total - i64::from(*right)) as f64).collect()
        };
        let (right, wrong) = (rest(true), rest(false));
        let all: Vec<f64> = right.iter().chain(&wrong).copied().collect();
        let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
        let deviation = (all.iter().map(|one| (one - mean(&all)).powi(2)).sum::<f64>() / all.len() as f64).sqrt();
        let p = right.len() as f64 / all.len() as f64;
        if right.is_empty() || wrong.is_empty() || deviation < 1e-6 {
            prop_assert_eq!(found.discrimination, None);
        } else {
            let expected = (mean(&right) - mean(&wrong)) / deviation * (p * (1.0 - p)).sqrt();
            let r = found.discrimination.expect("it varies");
            prop_assert!((r - expected).abs() < 1e-6, "{} {}", r, expected);
        }
        prop_assert!((-1.0..=1.0).contains(&found.upper_lower));
    }
}
