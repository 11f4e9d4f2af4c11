//! How questions do (试题分析): difficulty, discrimination, how often each option was chosen.
//!
//! - **Difficulty** (难度, p) is the mean share of the points that was reached: for right-or-wrong questions the share of
//!   right answers. Larger is easier. (Crocker and Algina, *Introduction to Classical and Modern Test Theory*, 1986, ch. 14.)
//! - **Discrimination** (区分度, r) is the correlation of a question's points with those of the rest of the paper - without the
//!   question itself, or it would correlate with itself (Henrysson, *Psychometrika* 28, 1963). For right-or-wrong questions
//!   that is the point-biserial correlation `(M1 - M0) / s * sqrt(p (1 - p))`, `M1` and `M0` the mean rest of those right and
//!   wrong, `s` the standard deviation of the rest (Lord and Novick, *Statistical Theories of Mental Test Scores*, 1968, ch. 15).
//! - **Upper and lower** (高低分组, D) is the difficulty among the best 27 % less that among the worst 27 %, by the whole
//!   paper (Kelley, *Journal of Educational Psychology* 30, 1939).

use crate::decimal::SCALE;

/// One member's try at a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Try {
    /// What was reached, in ten-thousandths of a point.
    pub points: i64,
    /// What could be.
    pub max_points: i64,
    /// What the whole paper came to, this question included.
    pub total: i64,
}

/// How a question does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Analysis {
    /// How many tries there were.
    pub tries: usize,
    /// The mean share reached, 0 to 1.
    pub difficulty: f64,
    /// The correlation with the rest, -1 to 1; none where nothing varies.
    pub discrimination: Option<f64>,
    /// Upper less lower 27 %, -1 to 1.
    pub upper_lower: f64,
}

/// Looks at the tries of a question; `None` when there are none.
#[must_use]
pub fn analyse(tries: &[Try]) -> Option<Analysis> {
    if tries.is_empty() {
        return None;
    }
    let shares: Vec<f64> = tries.iter().map(share).collect();
    let rests: Vec<f64> = tries
        .iter()
        .map(|one| points(one.total - one.points))
        .collect();
    let mut ranked: Vec<(i64, f64)> = tries
        .iter()
        .zip(&shares)
        .map(|(one, share)| (one.total, *share))
        .collect();
    ranked.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    // 27 %, to the nearest whole, one at least.
    let group = ((tries.len() * 27 + 50) / 100).max(1);
    let among =
        |some: &[(i64, f64)]| mean(&some.iter().map(|(_, share)| *share).collect::<Vec<_>>());
    Some(Analysis {
        tries: tries.len(),
        difficulty: mean(&shares),
        discrimination: correlation(&shares, &rests),
        upper_lower: among(&ranked[ranked.len() - group..]) - among(&ranked[..group]),
    })
}

fn share(one: &Try) -> f64 {
    if one.max_points <= 0 {
        return 0.0;
    }
    points(one.points.max(0)) / points(one.max_points)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "points are far inside of what a float keeps exactly"
)]
fn points(parts: i64) -> f64 {
    parts as f64 / SCALE as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of tries are far inside of what a float keeps exactly"
)]
fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let (mean_one, mean_other) = (mean(one), mean(other));
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(other) {
        let (a, b) = (a - mean_one, b - mean_other);
        both += a * b;
        first += a * a;
        second += b * b;
    }
    let varies = first > 1e-12 && second > 1e-12;
    varies.then(|| (both / (first * second).sqrt()).clamp(-1.0, 1.0))
}

/// A share or correlation in ten-thousandths, as the API writes it.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "from -1 to 1"
)]
pub fn written(value: f64) -> i64 {
    (value * SCALE as f64).round() as i64
}

#[cfg(test)]
#[path = "items_tests.rs"]
mod tests;
