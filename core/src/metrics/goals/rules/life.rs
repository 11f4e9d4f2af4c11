//! From which state a goal comes to which, and what is told about it.

use entity::enums::{GoalAlertKind, GoalState};

use super::course::Verdict;

/// What is done with a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is pursued from now on.
    Activate,
    /// It is given up.
    Cancel,
    /// Its deadline has come, and it was reached, or
    Achieve,
    /// not.
    Miss,
}

/// The state after a step; none when it can't be taken from there.
#[must_use]
pub const fn next(state: GoalState, step: Step) -> Option<GoalState> {
    match (state, step) {
        (GoalState::Draft, Step::Activate) => Some(GoalState::Active),
        (GoalState::Draft | GoalState::Active, Step::Cancel) => Some(GoalState::Cancelled),
        (GoalState::Active, Step::Achieve) => Some(GoalState::Achieved),
        (GoalState::Active, Step::Miss) => Some(GoalState::Missed),
        _ => None,
    }
}

/// What is told of an active goal that has been off course or not until now: once that it left its course, once that it is
/// back. One that is at risk stays what it was, so that nobody is told of every breath of wind.
#[must_use]
pub const fn alert(off_course: bool, verdict: Verdict) -> Option<GoalAlertKind> {
    match (off_course, verdict) {
        (false, Verdict::OffCourse | Verdict::Missed) => Some(GoalAlertKind::OffCourse),
        (true, Verdict::OnCourse | Verdict::Reached) => Some(GoalAlertKind::BackOnCourse),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ended_goals_stay_ended_and_drafts_arent_closed() {
        for state in [GoalState::Achieved, GoalState::Missed, GoalState::Cancelled] {
            for step in [Step::Activate, Step::Cancel, Step::Achieve, Step::Miss] {
                assert_eq!(next(state, step), None);
            }
        }
        assert_eq!(next(GoalState::Draft, Step::Miss), None);
        assert_eq!(next(GoalState::Active, Step::Activate), None);
    }

    #[test]
    fn a_turn_is_told_once() {
        use GoalAlertKind::{BackOnCourse, OffCourse};
        let mut off = false;
        let mut told = Vec::new();
        for verdict in [
            Verdict::TooEarly,
            Verdict::AtRisk,
            Verdict::OffCourse,
            Verdict::OffCourse,
            Verdict::AtRisk,
            Verdict::OffCourse,
            Verdict::OnCourse,
            Verdict::AtRisk,
            Verdict::OnCourse,
            Verdict::Missed,
        ] {
            let kind = alert(off, verdict);
            told.extend(kind);
            off = match kind {
                Some(OffCourse) => true,
                Some(_) => false,
                None => off,
            };
        }
        assert_eq!(told, [OffCourse, BackOnCourse, OffCourse]);
    }
}
