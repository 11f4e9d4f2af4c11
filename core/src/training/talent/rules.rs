//! What becomes of proposals, as a table.

use entity::enums::{TalentReadiness, TalentState};

/// What somebody does with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It holds from now on.
    Accept,
    /// It doesn't.
    Decline,
    /// It is taken back.
    Withdraw,
    /// A later one holds.
    Supersede,
}

/// From which state which step leads where.
pub const TABLE: [(TalentState, Step, TalentState); 5] = [
    (TalentState::Proposed, Step::Accept, TalentState::Accepted),
    (TalentState::Proposed, Step::Decline, TalentState::Declined),
    (
        TalentState::Proposed,
        Step::Withdraw,
        TalentState::Withdrawn,
    ),
    (
        TalentState::Accepted,
        Step::Withdraw,
        TalentState::Withdrawn,
    ),
    (
        TalentState::Accepted,
        Step::Supersede,
        TalentState::Superseded,
    ),
];

/// The state after a step; none when it can't be taken.
#[must_use]
pub fn step(state: TalentState, step: Step) -> Option<TalentState> {
    TABLE
        .iter()
        .find(|(from, taken, _)| *from == state && *taken == step)
        .map(|(_, _, to)| *to)
}

/// How many on a bench are ready when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    /// Now.
    pub ready_now: i32,
    /// Within a year.
    pub within_one_year: i32,
    /// In one to two years.
    pub one_to_two_years: i32,
    /// Not within two years.
    pub not_yet: i32,
}

/// How deep a bench is.
#[must_use]
pub fn depth(bench: impl IntoIterator<Item = TalentReadiness>) -> Depth {
    let mut depth = Depth::default();
    for readiness in bench {
        let count = match readiness {
            TalentReadiness::ReadyNow => &mut depth.ready_now,
            TalentReadiness::WithinOneYear => &mut depth.within_one_year,
            TalentReadiness::OneToTwoYears => &mut depth.one_to_two_years,
            TalentReadiness::NotYet => &mut depth.not_yet,
        };
        *count += 1;
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_is_decided_once() {
        use TalentState::{Accepted, Declined, Proposed, Superseded, Withdrawn};
        for (from, taken, to) in [
            (Proposed, Step::Accept, Some(Accepted)),
            (Proposed, Step::Decline, Some(Declined)),
            (Proposed, Step::Withdraw, Some(Withdrawn)),
            (Proposed, Step::Supersede, None),
            (Accepted, Step::Accept, None),
            (Accepted, Step::Decline, None),
            (Accepted, Step::Withdraw, Some(Withdrawn)),
            (Accepted, Step::Supersede, Some(Superseded)),
            (Declined, Step::Accept, None),
            (Withdrawn, Step::Accept, None),
            (Superseded, Step::Withdraw, None),
        ] {
            assert_eq!(step(from, taken), to, "{from:?} {taken:?}");
        }
    }

    #[test]
    fn depths() {
        use TalentReadiness::{NotYet, ReadyNow, WithinOneYear};
        let found = depth([ReadyNow, NotYet, ReadyNow, WithinOneYear]);
        assert_eq!(
            (
                found.ready_now,
                found.within_one_year,
                found.one_to_two_years,
                found.not_yet
            ),
            (2, 1, 0, 1)
        );
    }
}
