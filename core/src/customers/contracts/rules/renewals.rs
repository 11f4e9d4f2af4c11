//! The course of a renewal, and what bodes ill for it.

use chrono::NaiveDate;
use entity::enums::RenewalState::{self, Contacted, Due, Lost, Void, Won};

/// What can happen to a renewal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody talked to the customer about it, or tried to.
    Contact,
    /// A contract was recorded that renews the one that ends.
    Win,
    /// The customer doesn't go on.
    Lose,
    /// The contract that ends was called off.
    Void,
    /// The contract that renewed it was called off: the customer has to be asked again.
    TakeBack,
}

/// From what to what: every step that there is.
pub const TABLE: &[(RenewalState, Step, RenewalState)] = &[
    (Due, Step::Contact, Contacted),
    (Contacted, Step::Contact, Contacted),
    // A customer who was given up may be talked to again.
    (Lost, Step::Contact, Contacted),
    (Due, Step::Win, Won),
    (Contacted, Step::Win, Won),
    (Lost, Step::Win, Won),
    (Due, Step::Lose, Lost),
    (Contacted, Step::Lose, Lost),
    (Due, Step::Void, Void),
    (Contacted, Step::Void, Void),
    (Won, Step::TakeBack, Contacted),
    // The contract that was renewed is called off too by now.
    (Won, Step::Void, Void),
];

/// The state after a step; none when there is no such step.
#[must_use]
pub fn after(state: RenewalState, step: Step) -> Option<RenewalState> {
    TABLE
        .iter()
        .find(|(from, by, _)| (*from, *by) == (state, step))
        .map(|(_, _, to)| *to)
}

/// Is it still to be decided?
#[must_use]
pub const fn is_open(state: RenewalState) -> bool {
    matches!(state, Due | Contacted)
}

/// What bodes ill for a renewal (流失风险).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// The contract has ended, and nothing is decided.
    Late,
    /// It ends soon, and nobody has contacted the customer.
    NotContacted,
    /// The customer was contacted and didn't answer.
    NoAnswer,
    /// The customer was lost once already.
    LostBefore,
}

/// The days that the worklist and risks go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// Today.
    pub today: NaiveDate,
    /// Renewals due before this day are in the worklist.
    pub notice: NaiveDate,
    /// Customers whose renewal is due before this day should have been contacted.
    pub risk: NaiveDate,
}

/// What risks are looked for in.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    /// How far the renewal is.
    pub state: RenewalState,
    /// When it is due.
    pub due_on: NaiveDate,
    /// How often the customer was contacted.
    pub attempts: i32,
    /// Did the customer answer the last time?
    pub answered: bool,
    /// Was another renewal with this customer lost?
    pub lost_before: bool,
}

/// The risks of a renewal; none of one that is decided.
#[must_use]
pub fn risks(looked: &Looked, days: &Days) -> Vec<Risk> {
    if !is_open(looked.state) {
        return Vec::new();
    }
    [
        (Risk::Late, looked.due_on <= days.today),
        (
            Risk::NotContacted,
            looked.attempts == 0 && looked.due_on < days.risk,
        ),
        (Risk::NoAnswer, looked.attempts > 0 && !looked.answered),
        (Risk::LostBefore, looked.lost_before),
    ]
    .into_iter()
    .filter_map(|(risk, so)| so.then_some(risk))
    .collect()
}

/// Is it among what is to be done now?
#[must_use]
pub fn in_worklist(state: RenewalState, due_on: NaiveDate, days: &Days) -> bool {
    is_open(state) && due_on < days.notice
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn days() -> Days {
        Days {
            today: day("2026-03-02"),
            notice: day("2026-05-01"),
            risk: day("2026-04-01"),
        }
    }

    #[test]
    fn steps_lead_where_the_table_says() {
        for (from, step, to) in [
            (Due, Step::Contact, Some(Contacted)),
            (Won, Step::Contact, None),
            (Won, Step::Win, None),
            (Won, Step::TakeBack, Some(Contacted)),
            (Lost, Step::Win, Some(Won)),
            (Lost, Step::Lose, None),
            (Lost, Step::Void, None),
            (Void, Step::Contact, None),
            (Void, Step::Win, None),
        ] {
            assert_eq!(after(from, step), to, "{from:?} {step:?}");
        }
    }

    #[test]
    fn risks_are_seen_while_nothing_is_decided() {
        use Risk::{Late, LostBefore, NoAnswer, NotContacted};
        let looked = |state, due_on, attempts, answered, lost_before| Looked {
            state,
            due_on: day(due_on),
            attempts,
            answered,
            lost_before,
        };
        for (renewal, expected) in [
            (looked(Due, "2026-06-01", 0, false, false), vec![]),
            (looked(Due, "2026-04-01", 0, false, false), vec![]),
            (
                looked(Due, "2026-03-31", 0, false, false),
                vec![NotContacted],
            ),
            (
                looked(Due, "2026-03-02", 0, false, false),
                vec![Late, NotContacted],
            ),
            (looked(Contacted, "2026-03-03", 1, true, false), vec![]),
            (
                looked(Contacted, "2026-06-01", 2, false, true),
                vec![NoAnswer, LostBefore],
            ),
            (looked(Won, "2026-01-01", 0, false, true), vec![]),
            (looked(Lost, "2026-01-01", 1, false, true), vec![]),
        ] {
            assert_eq!(risks(&renewal, &days()), expected, "{renewal:?}");
        }
    }

    #[test]
    fn the_worklist_has_what_is_due_before_long() {
        for (state, due_on, expected) in [
            (Due, "2026-04-30", true),
            (Due, "2026-05-01", false),
            (Contacted, "2025-01-01", true),
            (Lost, "2026-04-01", false),
            (Won, "2026-04-01", false),
            (Void, "2026-04-01", false),
        ] {
            assert_eq!(
                in_worklist(state, day(due_on), &days()),
                expected,
                "{state:?} {due_on}"
            );
        }
    }
}
