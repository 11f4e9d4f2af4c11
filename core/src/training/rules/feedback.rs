//! Feedback: when it can be given, and when it is shown.

use chrono::{DateTime, Utc};

use crate::decimal::SCALE;

/// The lowest and the highest rating.
pub const RATINGS: std::ops::RangeInclusive<i32> = 1..=5;

/// What was said of a session, put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// By how many.
    pub answers: usize,
    /// The mean rating, in ten-thousandths, half rounded up.
    pub mean: i64,
}

/// What can be shown: nothing while anybody can still say something, as each answer would show in the difference; and
/// nothing of fewer people than the least group.
#[must_use]
pub fn summary(
    ratings: &[i32],
    until: Option<DateTime<Utc>>,
    minimum: usize,
    now: DateTime<Utc>,
) -> Option<Summary> {
    if until.is_none_or(|until| now < until) || ratings.is_empty() || ratings.len() < minimum {
        return None;
    }
    let answers = i64::try_from(ratings.len()).ok()?;
    let total: i64 = ratings.iter().map(|rating| i64::from(*rating)).sum();
    Some(Summary {
        answers: ratings.len(),
        mean: (total * SCALE + answers / 2) / answers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_when_closed_and_of_enough_people() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).expect("a time");
        let shown = |answers, mean| Some(Summary { answers, mean });
        for (ratings, until, now, expected) in [
            (&[5, 4, 4][..], Some(at(10)), 9, None),
            (&[5, 4, 4], Some(at(10)), 10, shown(3, 43_333)),
            (&[5, 4], Some(at(10)), 10, None),
            (&[5, 4, 4], None, 10, None),
            (&[], Some(at(10)), 10, None),
            (&[1, 5, 5, 5], Some(at(10)), 99, shown(4, 40_000)),
        ] {
            assert_eq!(
                summary(ratings, until, 3, at(now)),
                expected,
                "{ratings:?} at {now}"
            );
        }
    }
}
