//! How an action item goes on.

use chrono::NaiveDate;
use entity::enums::ActionItemState;

use ActionItemState::{Done, Dropped, InProgress, Open};

/// Every step that there is: from, to. What is over can be taken up again.
pub const TABLE: [(ActionItemState, ActionItemState); 9] = [
    (Open, InProgress),
    (Open, Done),
    (Open, Dropped),
    (InProgress, Open),
    (InProgress, Done),
    (InProgress, Dropped),
    (Done, Open),
    (Done, InProgress),
    (Dropped, Open),
];

/// May it go from the one state to the other?
#[must_use]
pub fn may_go(from: ActionItemState, to: ActionItemState) -> bool {
    TABLE.contains(&(from, to))
}

/// Is there something left to do?
#[must_use]
pub const fn is_unfinished(state: ActionItemState) -> bool {
    matches!(state, Open | InProgress)
}

/// Should it have been done before this day?
#[must_use]
pub fn is_overdue(state: ActionItemState, due_on: NaiveDate, today: NaiveDate) -> bool {
    is_unfinished(state) && due_on < today
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_step_by_step() {
        for (from, to, expected) in [
            (Open, InProgress, true),
            (Open, Done, true),
            (InProgress, Open, true),
            (Done, InProgress, true),
            (Dropped, Open, true),
            (Dropped, Done, false),
            (Done, Dropped, false),
            (Open, Open, false),
        ] {
            assert_eq!(may_go(from, to), expected, "{from:?} {to:?}");
        }
    }

    #[test]
    fn overdue_from_the_day_after() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        for (state, today, expected) in [
            (Open, day(9), false),
            (Open, day(10), false),
            (Open, day(11), true),
            (InProgress, day(11), true),
            (Done, day(11), false),
            (Dropped, day(11), false),
        ] {
            assert_eq!(
                is_overdue(state, day(10), today),
                expected,
                "{state:?} {today}"
            );
        }
    }
}
