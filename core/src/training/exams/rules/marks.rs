//! What a question is worth in the end, from what the rule, two or three assessors, or a new mark gave (双评).
//!
//! The last new mark decides; else the third assessor; else the mean of the first two, unless they are too far apart; else the
//! rule.

use super::grading::share;

/// The first slot of new marks.
pub const REGRADE: i32 = 4;

/// What somebody or the rule gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// 0 by rule; 1, 2, 3 by the assessors; 4 and more for new marks.
    pub slot: i32,
    /// In ten-thousandths of a point.
    pub points: i64,
}

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is worth so much.
    Settled(i64),
    /// It waits for this assessor: 1, 2 or 3.
    Awaits(i32),
}

/// How a question stands by its marks. `third_percent`: two assessors who differ by more than these hundredths of the
/// question's points call a third, who decides.
#[must_use]
pub fn settle(marks: &[Mark], max_points: i64, third_percent: i32) -> Standing {
    let of = |slot: i32| marks.iter().find(|mark| mark.slot == slot);
    let anew = marks
        .iter()
        .filter(|mark| mark.slot >= REGRADE)
        .max_by_key(|mark| mark.slot);
    if let Some(mark) = anew.or(of(3)).or(of(0)) {
        return Standing::Settled(mark.points);
    }
    match (of(1), of(2)) {
        (None, _) => Standing::Awaits(1),
        (_, None) => Standing::Awaits(2),
        (Some(one), Some(two)) => {
            let apart = (one.points - two.points).abs();
            if i128::from(apart) * 100 > i128::from(max_points) * i128::from(third_percent) {
                Standing::Awaits(3)
            } else {
                Standing::Settled(share(one.points + two.points, 1, 2))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_settle_a_question() {
        use Standing::{Awaits, Settled};
        // Ten points; more than 20 % apart calls a third.
        for (marks, expected) in [
            (&[][..], Awaits(1)),
            (&[(0, 70_000)], Settled(70_000)),
            (&[(1, 70_000)], Awaits(2)),
            (&[(1, 70_000), (2, 80_000)], Settled(75_000)),
            (&[(1, 70_000), (2, 90_000)], Settled(80_000)),
            (&[(1, 70_000), (2, 90_001)], Awaits(3)),
            (&[(1, 90_001), (2, 70_000)], Awaits(3)),
            (&[(1, 20_000), (2, 90_000), (3, 60_000)], Settled(60_000)),
            (
                &[(1, 20_000), (2, 90_000), (3, 60_000), (4, 65_000)],
                Settled(65_000),
            ),
            (&[(0, 0), (5, 90_000), (4, 10_000)], Settled(90_000)),
            (&[(1, 1), (2, 2)], Settled(2)),
        ] {
            let given: Vec<Mark> = marks
                .iter()
                .map(|(slot, points)| Mark {
                    slot: *slot,
                    points: *points,
                })
                .collect();
            assert_eq!(settle(&given, 100_000, 20), expected, "{marks:?}");
        }
    }
}
