//! What becomes of questions and exams.

use entity::enums::{ExamState, QuestionState};

/// Something that is done to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionStep {
    /// It comes into use.
    Activate,
    /// It is no longer drawn.
    Retire,
}

/// What a question becomes; `None` when it can't.
#[must_use]
pub const fn question(state: QuestionState, step: QuestionStep) -> Option<QuestionState> {
    match (state, step) {
        (QuestionState::Draft | QuestionState::Retired, QuestionStep::Activate) => {
            Some(QuestionState::Active)
        }
        (QuestionState::Draft | QuestionState::Active, QuestionStep::Retire) => {
            Some(QuestionState::Retired)
        }
        _ => None,
    }
}

/// Something that is done to an exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExamStep {
    /// It can be sat within its window.
    Activate,
    /// It is over.
    Close,
}

/// What an exam becomes; `None` when it can't.
#[must_use]
pub const fn exam(state: ExamState, step: ExamStep) -> Option<ExamState> {
    match (state, step) {
        (ExamState::Draft, ExamStep::Activate) => Some(ExamState::Active),
        (ExamState::Active, ExamStep::Close) => Some(ExamState::Closed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_back_from_its_end() {
        use QuestionState::{Active, Draft, Retired};
        assert_eq!(question(Draft, QuestionStep::Activate), Some(Active));
        assert_eq!(question(Active, QuestionStep::Activate), None);
        assert_eq!(question(Active, QuestionStep::Retire), Some(Retired));
        assert_eq!(question(Retired, QuestionStep::Activate), Some(Active));
        assert_eq!(question(Retired, QuestionStep::Retire), None);
        assert_eq!(
            exam(ExamState::Draft, ExamStep::Activate),
            Some(ExamState::Active)
        );
        assert_eq!(
            exam(ExamState::Active, ExamStep::Close),
            Some(ExamState::Closed)
        );
        assert_eq!(exam(ExamState::Draft, ExamStep::Close), None);
        assert_eq!(exam(ExamState::Closed, ExamStep::Activate), None);
    }
}
