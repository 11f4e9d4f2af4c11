//! What a vote comes to.

use entity::enums::{RuleVoteChoice, RuleVoteOutcome};

/// Under which terms a vote is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How many may vote.
    pub electors: i64,
    /// So many percent of them must.
    pub quorum_percent: i64,
    /// More than so many percent of the yes and no must be yes.
    pub majority_percent: i64,
}

/// How many voted how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// For it.
    pub yes: i64,
    /// Against it.
    pub no: i64,
    /// Neither.
    pub abstain: i64,
}

impl Tally {
    /// Counts ballots.
    #[must_use]
    pub fn of(choices: &[RuleVoteChoice]) -> Self {
        let mut tally = Self::default();
        for choice in choices {
            match choice {
                RuleVoteChoice::Yes => tally.yes += 1,
                RuleVoteChoice::No => tally.no += 1,
                RuleVoteChoice::Abstain => tally.abstain += 1,
            }
        }
        tally
    }

    /// How many voted.
    #[must_use]
    pub const fn ballots(self) -> i64 {
        self.yes + self.no + self.abstain
    }
}

/// What a vote comes to: whole numbers only, so that nobody argues about a rounding.
#[must_use]
pub const fn outcome(terms: Terms, tally: Tally) -> RuleVoteOutcome {
    let ballots = tally.ballots();
    if ballots == 0 || ballots * 100 < terms.quorum_percent * terms.electors {
        RuleVoteOutcome::NoQuorum
    } else if tally.yes * 100 > terms.majority_percent * (tally.yes + tally.no) {
        RuleVoteOutcome::Adopted
    } else {
        RuleVoteOutcome::NoMajority
    }
}

/// May the figures of a vote be shown? Those of an open one always; of a secret one when it is over and enough voted, or a
/// figure would be somebody's ballot.
#[must_use]
pub const fn shows_figures(secret: bool, over: bool, ballots: i64, minimum: i64) -> bool {
    !secret || (over && ballots >= minimum)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use RuleVoteOutcome::{Adopted, NoMajority, NoQuorum};

    const fn terms(electors: i64, quorum_percent: i64, majority_percent: i64) -> Terms {
        Terms {
            electors,
            quorum_percent,
            majority_percent,
        }
    }

    const fn tally(yes: i64, no: i64, abstain: i64) -> Tally {
        Tally { yes, no, abstain }
    }

    #[test]
    fn votes_as_a_team_would_count_them() {
        for (terms, tally, expected) in [
            // Half of ten must vote; more than half of yes and no must be yes.
            (terms(10, 50, 50), tally(3, 2, 0), Adopted),
            (terms(10, 50, 50), tally(3, 1, 0), NoQuorum),
            (terms(10, 50, 50), tally(3, 1, 1), Adopted),
            (terms(10, 50, 50), tally(3, 3, 0), NoMajority),
            (terms(10, 50, 50), tally(0, 0, 10), NoMajority),
            (terms(10, 50, 50), tally(1, 0, 9), Adopted),
            // Two thirds: more than 66 %.
            (terms(9, 100, 66), tally(6, 3, 0), Adopted),
            (terms(9, 100, 66), tally(5, 3, 1), NoMajority),
            (terms(9, 100, 66), tally(6, 2, 0), NoQuorum),
            // Half of seven is three and a half: four must vote.
            (terms(7, 50, 50), tally(3, 0, 0), NoQuorum),
            (terms(7, 50, 50), tally(4, 0, 0), Adopted),
            (terms(3, 1, 1), tally(0, 0, 0), NoQuorum),
        ] {
            assert_eq!(outcome(terms, tally), expected, "{terms:?} {tally:?}");
        }
    }

    #[test]
    fn secret_figures_wait_and_need_company() {
        for (secret, over, ballots, expected) in [
            (false, false, 1, true),
            (true, false, 30, false),
            (true, true, 2, false),
            (true, true, 3, true),
        ] {
            assert_eq!(shows_figures(secret, over, ballots, 3), expected);
        }
    }

    prop_compose! {
        fn votes()(electors in 1_i64..2_000, quorum in 1_i64..=100, majority in 1_i64..=99)
            (yes in 0..=electors, no in 0..=electors, abstain in 0..=electors, electors in Just(electors), quorum in Just(quorum), majority in Just(majority))
            -> (Terms, Tally) {
            let yes = yes.min(electors);
            let no = no.min(electors - yes);
            let abstain = abstain.min(electors - yes - no);
            (terms(electors, quorum, majority), tally(yes, no, abstain))
        }
    }

    proptest! {
        /// A yes instead of a no never hurts, and a no instead of a yes never helps.
        #[test]
        fn a_yes_never_hurts((terms, tally) in votes()) {
            let adopted = |tally| outcome(terms, tally) == Adopted;
            if tally.no > 0 && adopted(tally) {
                let turned = Tally { yes: tally.yes + 1, no: tally.no - 1, ..tally };
                prop_assert!(adopted(turned), "one who changed to yes");
            }
            if tally.ballots() < terms.electors && adopted(tally) {
                let more = Tally { yes: tally.yes + 1, ..tally };
                prop_assert!(adopted(more), "one more yes");
            }
            if tally.yes > 0 && !adopted(tally) {
                let turned = Tally { yes: tally.yes - 1, no: tally.no + 1, ..tally };
                prop_assert!(!adopted(turned), "one who changed to no");
            }
        }

        /// Whoever abstains instead of staying away can only help the quorum.
        #[test]
        fn an_abstention_counts_for_the_quorum_only((terms, tally) in votes()) {
            let more = Tally { abstain: tally.abstain + 1, ..tally };
            match outcome(terms, tally) {
                NoQuorum => {}
                decided => prop_assert_eq!(outcome(terms, more), decided),
            }
        }

        /// With the usual terms nothing is adopted against which as many are as for it, and a house ten times as large
        /// decides the same.
        #[test]
        fn a_tie_is_no_majority_and_size_is_no_argument((terms, tally) in votes()) {
            if terms.majority_percent >= 50 && tally.yes <= tally.no {
                prop_assert_ne!(outcome(terms, tally), Adopted);
            }
            let large = Terms { electors: terms.electors * 10, ..terms };
            let many = Tally { yes: tally.yes * 10, no: tally.no * 10, abstain: tally.abstain * 10 };
            prop_assert_eq!(outcome(large, many), outcome(terms, tally));
        }

        /// The tally is what the ballots say, in whatever order they lie.
        #[test]
        fn counting_loses_nobody(choices in proptest::collection::vec(0_u8..3, 0..60)) {
            use RuleVoteChoice::{Abstain, No, Yes};
            let choices: Vec<RuleVoteChoice> = choices.iter().map(|n| [Yes, No, Abstain][usize::from(*n)]).collect();
            let tally = Tally::of(&choices);
            prop_assert_eq!(tally.ballots(), i64::try_from(choices.len()).expect("few"));
            let mut turned = choices.clone();
            turned.reverse();
            prop_assert_eq!(Tally::of(&turned), tally);
        }
    }
}
