//! What can be done with a rotation, as a table.

use chrono::NaiveDate;
use entity::enums::RotationState;

/// What somebody does with a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member goes.
    Begin,
    /// It is over.
    Finish,
    /// It doesn't take place.
    Withdraw,
}

/// From which state which step leads where.
pub const TABLE: [(RotationState, Step, RotationState); 3] = [
    (RotationState::Planned, Step::Begin, RotationState::Running),
    (
        RotationState::Planned,
        Step::Withdraw,
        RotationState::Withdrawn,
    ),
    (
        RotationState::Running,
        Step::Finish,
        RotationState::Finished,
    ),
];

/// The state after a step; none when it can't be taken.
#[must_use]
pub fn step(state: RotationState, step: Step) -> Option<RotationState> {
    TABLE
        .iter()
        .find(|(from, taken, _)| *from == state && *taken == step)
        .map(|(_, _, to)| *to)
}

/// Does it last longer than was planned?
#[must_use]
pub fn is_overdue(state: RotationState, ends_on: NaiveDate, day: NaiveDate) -> bool {
    state == RotationState::Running && day >= ends_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_ends_once() {
        use RotationState::{Finished, Planned, Running, Withdrawn};
        for (from, taken, to) in [
            (Planned, Step::Begin, Some(Running)),
            (Planned, Step::Withdraw, Some(Withdrawn)),
            (Planned, Step::Finish, None),
            (Running, Step::Finish, Some(Finished)),
            (Running, Step::Begin, None),
            (Running, Step::Withdraw, None),
            (Finished, Step::Begin, None),
            (Withdrawn, Step::Begin, None),
            (Withdrawn, Step::Finish, None),
        ] {
            assert_eq!(step(from, taken), to, "{from:?} {taken:?}");
        }
    }

    #[test]
    fn overdue_from_its_planned_end_on() {
        let day = |text: &str| text.parse().expect("a day");
        let overdue = |on| is_overdue(RotationState::Running, day("2026-03-01"), day(on));
        assert_eq!(
            [overdue("2026-02-28"), overdue("2026-03-01")],
            [false, true]
        );
        assert!(!is_overdue(
            RotationState::Finished,
            day("2026-03-01"),
            day("2026-04-01")
        ));
    }
}
