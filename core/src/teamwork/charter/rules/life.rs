//! How a proposal goes on, and which text of a rule is in force.

use chrono::NaiveDate;
use entity::enums::RuleProposalState;

use RuleProposalState::{Adopted, Commenting, Draft, Rejected, Voting, Withdrawn};

/// What is done with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Those for whom it is meant may say what they think.
    Open,
    /// They vote.
    Vote,
    /// The vote is over, and it is adopted.
    Adopt,
    /// The vote is over, and it isn't.
    Reject,
    /// It is taken back.
    Withdraw,
}

/// Every step that there is: from, what is done, to. A vote that has begun runs to its end.
pub const TABLE: [(RuleProposalState, Step, RuleProposalState); 6] = [
    (Draft, Step::Open, Commenting),
    (Commenting, Step::Vote, Voting),
    (Voting, Step::Adopt, Adopted),
    (Voting, Step::Reject, Rejected),
    (Draft, Step::Withdraw, Withdrawn),
    (Commenting, Step::Withdraw, Withdrawn),
];

/// The state after a step; none when it can't be taken.
#[must_use]
pub fn next(state: RuleProposalState, step: Step) -> Option<RuleProposalState> {
    TABLE
        .iter()
        .find(|(from, taken, _)| (*from, *taken) == (state, step))
        .map(|(_, _, to)| *to)
}

/// Can its text still be changed?
#[must_use]
pub const fn is_open_to_change(state: RuleProposalState) -> bool {
    matches!(state, Draft | Commenting)
}

/// The first day on which an adopted text holds: as was wanted, but never before the day after it was adopted, so that
/// nobody breaks a rule that they couldn't know.
#[must_use]
pub fn holds_from(wanted: NaiveDate, adopted_on: NaiveDate) -> NaiveDate {
    wanted.max(adopted_on.succ_opt().unwrap_or(adopted_on))
}

/// Which of the texts of a rule (number and first day each) is in force on a day: the one with the highest number that has
/// begun, unless the rule is repealed.
#[must_use]
pub fn in_force(
    versions: &[(i32, NaiveDate)],
    repealed_from: Option<NaiveDate>,
    day: NaiveDate,
) -> Option<i32> {
    if repealed_from.is_some_and(|from| from <= day) {
        return None;
    }
    versions
        .iter()
        .filter(|(_, from)| *from <= day)
        .map(|(number, _)| *number)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).expect("a day")
    }

    #[test]
    fn a_proposal_step_by_step() {
        for (state, step, expected) in [
            (Draft, Step::Open, Some(Commenting)),
            (Draft, Step::Vote, None),
            (Commenting, Step::Vote, Some(Voting)),
            (Voting, Step::Withdraw, None),
            (Voting, Step::Adopt, Some(Adopted)),
            (Adopted, Step::Reject, None),
            (Withdrawn, Step::Open, None),
        ] {
            assert_eq!(next(state, step), expected, "{state:?} {step:?}");
        }
        for over in [Adopted, Rejected, Withdrawn] {
            assert!(TABLE.iter().all(|(from, ..)| *from != over), "{over:?}");
        }
    }

    #[test]
    fn a_text_holds_from_the_day_after_at_the_earliest() {
        assert_eq!(holds_from(day(20), day(9)), day(20));
        assert_eq!(holds_from(day(9), day(9)), day(10));
        assert_eq!(holds_from(day(1), day(9)), day(10));
    }

    #[test]
    fn the_latest_text_that_has_begun_is_in_force() {
        let versions = [(1, day(2)), (2, day(10)), (3, day(6))];
        for (on, repealed, expected) in [
            (day(1), None, None),
            (day(2), None, Some(1)),
            (day(6), None, Some(3)),
            // The second text was overtaken before it began.
            (day(10), None, Some(3)),
            (day(10), Some(day(10)), None),
            (day(9), Some(day(10)), Some(3)),
        ] {
            assert_eq!(
                in_force(&versions, repealed, on),
                expected,
                "{on} {repealed:?}"
            );
        }
    }
}
