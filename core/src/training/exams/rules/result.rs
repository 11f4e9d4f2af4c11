//! What an attempt comes to (成绩).

use super::grading::share;
use crate::decimal::SCALE;

/// What an attempt comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// In ten-thousandths of a point; never below nought.
    pub points: i64,
    /// Was the pass mark reached?
    pub passed: bool,
}

/// The sum of what its questions got, none of which may wait any more; penalties never take the whole below nought.
#[must_use]
pub fn outcome(points: &[i64], max_points: i64, pass_percent: i32) -> Outcome {
    let points = points.iter().sum::<i64>().max(0);
    let passed = max_points > 0
        && i128::from(points) * 100 >= i128::from(max_points) * i128::from(pass_percent);
    Outcome { points, passed }
}

/// Hundredths of what can be reached, in ten-thousandths.
#[must_use]
pub fn percent(points: i64, max_points: i64) -> i64 {
    share(100 * SCALE, points, max_points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pass_mark_is_kept_exactly() {
        for (points, max, pass, expected) in [
            (&[30_000, 30_000][..], 100_000, 60, (60_000, true)),
            (&[30_000, 29_999], 100_000, 60, (59_999, false)),
            (&[20_000, -30_000], 50_000, 1, (0, false)),
            // Two of three: 66.66 %, which isn't 67.
            (&[10_000, 10_000, 0], 30_000, 67, (20_000, false)),
            (&[10_000, 10_000, 0], 30_000, 66, (20_000, true)),
            (&[], 0, 1, (0, false)),
        ] {
            let found = outcome(points, max, pass);
            assert_eq!((found.points, found.passed), expected, "{points:?}");
        }
        assert_eq!(percent(20_000, 30_000), 666_667);
        assert_eq!(percent(0, 0), 0);
    }
}
