//! The steps of a contest and of its rounds (竞赛流程).

use entity::enums::ContestRoundState as Round;
use entity::enums::ContestState::{self, Cancelled, Draft, Open, Published, Running};

/// What can be done with a contest as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Members can enter.
    Open,
    /// The first round begins.
    Begin,
    /// Everybody learns the results.
    Publish,
    /// It is called off.
    Cancel,
}

/// From which state a step leads to which.
pub const TABLE: &[(ContestState, Step, ContestState)] = &[
    (Draft, Step::Open, Open),
    (Open, Step::Begin, Running),
    (Running, Step::Publish, Published),
    (Draft, Step::Cancel, Cancelled),
    (Open, Step::Cancel, Cancelled),
    (Running, Step::Cancel, Cancelled),
];

/// What a contest becomes; none when it can't be done now.
#[must_use]
pub fn after(state: ContestState, step: Step) -> Option<ContestState> {
    let line = TABLE.iter().find(|line| (line.0, line.1) == (state, step));
    line.map(|line| line.2)
}

/// Can this round begin: all before it are closed, and it waits? By number, in order.
#[must_use]
pub fn can_begin(rounds: &[(i32, Round)], number: i32) -> bool {
    let mut before = rounds.iter().filter(|(of, _)| *of < number);
    let waits = rounds.contains(&(number, Round::Waiting));
    waits && before.all(|(_, state)| *state == Round::Closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_one_answer_and_ends() {
        for (state, step, next) in TABLE {
            assert_eq!(after(*state, *step), Some(*next));
        }
        for state in [Published, Cancelled] {
            for step in [Step::Open, Step::Begin, Step::Publish, Step::Cancel] {
                assert_eq!(after(state, step), None);
            }
        }
    }

    #[test]
    fn rounds_come_one_after_the_other() {
        use Round::{Closed, Open, Waiting};
        for (rounds, number, can) in [
            (&[(1, Waiting), (2, Waiting)][..], 1, true),
            (&[(1, Waiting), (2, Waiting)], 2, false),
            (&[(1, Open), (2, Waiting)], 2, false),
            (&[(1, Closed), (2, Waiting)], 2, true),
            (&[(1, Closed), (2, Waiting)], 1, false),
            (&[(1, Closed)], 2, false),
        ] {
            assert_eq!(can_begin(rounds, number), can, "{rounds:?} {number}");
        }
    }
}
