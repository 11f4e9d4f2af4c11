//! The stages of a cycle (考核阶段).

use entity::enums::AppraisalStage as Stage;

/// What moves a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The population is fixed, and self-assessments begin.
    Open,
    /// Reviews begin.
    Review,
    /// Nothing is said any more: figures are frozen and results computed.
    Count,
    /// All results are computed.
    Counted,
    /// Results are out.
    Publish,
    /// It is over.
    Close,
    /// Back to calibration, with a reason.
    Reopen,
    /// It is called off.
    Cancel,
}

/// From which stage which step leads where; everything else is refused.
pub const TABLE: &[(Stage, Step, Stage)] = &[
    (Stage::Draft, Step::Open, Stage::SelfAssessment),
    (Stage::SelfAssessment, Step::Review, Stage::Review),
    (Stage::Review, Step::Count, Stage::Counting),
    (Stage::Counting, Step::Counted, Stage::Calibration),
    (Stage::Calibration, Step::Publish, Stage::Published),
    (Stage::Published, Step::Close, Stage::Closed),
    (Stage::Published, Step::Reopen, Stage::Calibration),
    (Stage::Closed, Step::Reopen, Stage::Calibration),
    (Stage::Draft, Step::Cancel, Stage::Cancelled),
    (Stage::SelfAssessment, Step::Cancel, Stage::Cancelled),
    (Stage::Review, Step::Cancel, Stage::Cancelled),
];

/// Where a step leads; none when it can't be taken.
#[must_use]
pub fn step(from: Stage, step: Step) -> Option<Stage> {
    TABLE
        .iter()
        .find(|(at, taken, _)| (*at, *taken) == (from, step))
        .map(|(_, _, to)| *to)
}

/// What can be done with an appraisal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The plan is written and agreed on.
    Plan,
    /// The member says how they see themselves.
    AssessSelf,
    /// Raters are proposed and taken.
    NameRaters,
    /// Feedback is given.
    GiveFeedback,
    /// The reviewer judges; incidents are recorded.
    Review,
    /// A record behind a figure is disputed.
    Dispute,
    /// A result is changed in calibration.
    Calibrate,
    /// The member takes note, or appeals.
    Answer,
}

/// Can it be done in this stage of the cycle?
#[must_use]
pub const fn allows(stage: Stage, deed: Deed) -> bool {
    match deed {
        Deed::Plan | Deed::NameRaters => matches!(stage, Stage::SelfAssessment | Stage::Review),
        Deed::AssessSelf => matches!(stage, Stage::SelfAssessment),
        Deed::GiveFeedback => matches!(stage, Stage::SelfAssessment | Stage::Review),
        Deed::Review => matches!(stage, Stage::Review),
        Deed::Dispute => matches!(
            stage,
            Stage::SelfAssessment | Stage::Review | Stage::Calibration | Stage::Published
        ),
        Deed::Calibrate => matches!(stage, Stage::Calibration),
        Deed::Answer => matches!(stage, Stage::Published),
    }
}

/// Can it be done late, where something keeps the result from being computed?
#[must_use]
pub const fn makes_good(stage: Stage, deed: Deed) -> bool {
    matches!(stage, Stage::Calibration) && matches!(deed, Deed::Plan | Deed::Review)
}

/// Is the result out, so that the member sees it?
#[must_use]
pub const fn is_out(stage: Stage) -> bool {
    matches!(stage, Stage::Published | Stage::Closed)
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_stage_but_the_first_is_reached_and_only_ends_stay() {
        for stage in Stage::iter() {
            let reached = TABLE.iter().any(|(_, _, to)| *to == stage);
            assert_eq!(reached, stage != Stage::Draft, "{stage:?}");
            let leaves = TABLE.iter().any(|(from, _, _)| *from == stage);
            assert_eq!(leaves, stage != Stage::Cancelled, "{stage:?}");
        }
    }

    #[test]
    fn nothing_is_said_while_results_are_computed() {
        let deeds = [
            Deed::Plan,
            Deed::AssessSelf,
            Deed::NameRaters,
            Deed::GiveFeedback,
            Deed::Review,
            Deed::Dispute,
            Deed::Calibrate,
            Deed::Answer,
        ];
        for deed in deeds {
            for stage in [
                Stage::Draft,
                Stage::Counting,
                Stage::Closed,
                Stage::Cancelled,
            ] {
                assert!(!allows(stage, deed), "{deed:?} in {stage:?}");
            }
            assert!(Stage::iter().any(|stage| allows(stage, deed)), "{deed:?}");
        }
    }

    #[test]
    fn who_reopens_comes_back_to_calibration() {
        assert_eq!(step(Stage::Closed, Step::Reopen), Some(Stage::Calibration));
        assert_eq!(step(Stage::Calibration, Step::Reopen), None);
        assert_eq!(step(Stage::Counting, Step::Cancel), None);
    }
}
