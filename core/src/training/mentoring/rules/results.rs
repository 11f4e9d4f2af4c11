//! What became of the pairs of a mentor (带教成效).

use entity::enums::{MentoringResult, MentoringState};

/// A pair, as far as the mentor's results go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What has become of it.
    pub state: MentoringState,
    /// How it ended.
    pub result: Option<MentoringResult>,
    /// The newcomer's days to the standard, if it was reached.
    pub days: Option<i64>,
}

/// The results of a mentor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Pairs, with those that are at work.
    pub pairs: i32,
    /// Those at work.
    pub active: i32,
    /// Those that ended with the goal reached.
    pub ended_reached: i32,
    /// Newcomers whose figures reached the standard.
    pub reached: i32,
    /// The median of their days; the lower of the middle two.
    pub median_days: Option<i64>,
}

/// Puts pairs together.
#[must_use]
pub fn results(pairs: &[Outcome]) -> Results {
    let count = |so: &dyn Fn(&Outcome) -> bool| {
        i32::try_from(pairs.iter().filter(|pair| so(pair)).count()).unwrap_or(i32::MAX)
    };
    let mut days: Vec<i64> = pairs.iter().filter_map(|pair| pair.days).collect();
    days.sort_unstable();
    Results {
        pairs: count(&|_| true),
        active: count(&|pair| pair.state == MentoringState::Active),
        ended_reached: count(&|pair| pair.result == Some(MentoringResult::Reached)),
        reached: count(&|pair| pair.days.is_some()),
        median_days: days.get(days.len().saturating_sub(1) / 2).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_put_together() {
        let pair = |state, result, days| Outcome {
            state,
            result,
            days,
        };
        let all = [
            pair(MentoringState::Active, None, None),
            pair(MentoringState::Active, None, Some(60)),
            pair(
                MentoringState::Ended,
                Some(MentoringResult::Reached),
                Some(90),
            ),
            pair(
                MentoringState::Ended,
                Some(MentoringResult::Reached),
                Some(37),
            ),
            pair(
                MentoringState::Ended,
                Some(MentoringResult::BrokenOff),
                None,
            ),
        ];
        let expected = Results {
            pairs: 5,
            active: 2,
            ended_reached: 2,
            reached: 3,
            median_days: Some(60),
        };
        assert_eq!(results(&all), expected);
        assert_eq!(results(&all[2..4]).median_days, Some(37));
        assert_eq!(results(&[]), Results::default());
    }
}
