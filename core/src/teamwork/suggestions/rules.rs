//! How a suggestion goes on.

use entity::enums::{SuggestionState, SuggestionStepKind};

use SuggestionState::{Accepted, Declined, Done, Realising, Received, Submitted, Withdrawn};
use SuggestionStepKind as Step;

/// Every step that there is: from, what is done, to.
pub const TABLE: [(SuggestionState, SuggestionStepKind, SuggestionState); 18] = [
    (Submitted, Step::Received, Received),
    // Given to another handler.
    (Received, Step::Received, Received),
    (Accepted, Step::Received, Accepted),
    (Realising, Step::Received, Realising),
    (Received, Step::Answered, Received),
    (Accepted, Step::Answered, Accepted),
    (Realising, Step::Answered, Realising),
    (Declined, Step::Answered, Declined),
    (Done, Step::Answered, Done),
    (Received, Step::Accepted, Accepted),
    (Received, Step::Declined, Declined),
    // What turns out not to work is declined later, too.
    (Accepted, Step::Declined, Declined),
    (Realising, Step::Declined, Declined),
    (Accepted, Step::Started, Realising),
    (Realising, Step::Done, Done),
    (Accepted, Step::Done, Done),
    (Submitted, Step::Withdrawn, Withdrawn),
    (Received, Step::Withdrawn, Withdrawn),
];

/// The state after a step; none when it can't be taken.
#[must_use]
pub fn next(state: SuggestionState, step: SuggestionStepKind) -> Option<SuggestionState> {
    TABLE
        .iter()
        .find(|(from, taken, _)| (*from, *taken) == (state, step))
        .map(|(_, _, to)| *to)
}

/// Is something still to be done about it?
#[must_use]
pub const fn is_under_way(state: SuggestionState) -> bool {
    matches!(state, Submitted | Received | Accepted | Realising)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_step_by_step() {
        for (state, step, expected) in [
            (Submitted, Step::Received, Some(Received)),
            (Submitted, Step::Accepted, None),
            (Submitted, Step::Answered, None),
            (Received, Step::Answered, Some(Received)),
            (Received, Step::Accepted, Some(Accepted)),
            (Accepted, Step::Started, Some(Realising)),
            (Accepted, Step::Withdrawn, None),
            (Realising, Step::Done, Some(Done)),
            (Declined, Step::Accepted, None),
            (Done, Step::Answered, Some(Done)),
            (Withdrawn, Step::Received, None),
        ] {
            assert_eq!(next(state, step), expected, "{state:?} {step:?}");
        }
    }

    #[test]
    fn what_is_over_is_only_talked_about() {
        for (from, step, to) in TABLE {
            if !is_under_way(from) {
                assert_eq!((step, to), (Step::Answered, from));
            }
        }
    }
}
