//! The life of a version of a rule (规则生命周期): draft, simulated, approved by another, active from a day, retired.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Text;

/// Where a version is (状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// It is written (草稿).
    Draft,
    /// It was tried on the past (已模拟).
    Simulated,
    /// Another has approved it (已批准).
    Approved,
    /// It gives awards, from a day on (生效).
    Active,
    /// It doesn't any more (已停用).
    Retired,
}

/// What can be done with it (操作).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// Its content is changed.
    Edit,
    /// A simulation has ended.
    Simulate,
    /// Somebody else agrees.
    Approve,
    /// It is sent back to be written anew.
    Reject,
    /// It begins to give awards.
    Activate,
    /// It stops, or a later version takes its place.
    Retire,
}

/// From which state which action leads where; everything else is refused. What was approved never changes again: a change is a
/// new version, which begins as a draft.
pub const TABLE: &[(State, Action, State)] = &[
    (State::Draft, Action::Edit, State::Draft),
    (State::Draft, Action::Simulate, State::Simulated),
    (State::Draft, Action::Approve, State::Approved),
    (State::Draft, Action::Retire, State::Retired),
    (State::Simulated, Action::Edit, State::Draft),
    (State::Simulated, Action::Simulate, State::Simulated),
    (State::Simulated, Action::Approve, State::Approved),
    (State::Simulated, Action::Reject, State::Draft),
    (State::Simulated, Action::Retire, State::Retired),
    (State::Approved, Action::Reject, State::Draft),
    (State::Approved, Action::Activate, State::Active),
    (State::Approved, Action::Retire, State::Retired),
    (State::Active, Action::Retire, State::Retired),
];

/// Where an action leads; none when it can't be done.
#[must_use]
pub fn step(from: State, action: Action) -> Option<State> {
    TABLE
        .iter()
        .find(|(state, done, _)| (*state, *done) == (from, action))
        .map(|(_, _, to)| *to)
}

/// What has to be known before an action.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Where the version is.
    pub state: State,
    /// What is to be done.
    pub action: Action,
    /// By whom.
    pub actor: Uuid,
    /// Everybody who wrote in this version.
    pub authors: &'a [Uuid],
    /// Was this content ever simulated?
    pub simulated: bool,
    /// The reason that was given.
    pub reason: Option<&'a str>,
    /// From which day it is to give awards.
    pub from: Option<NaiveDate>,
    /// The first day of the first period for which no run was approved yet.
    pub open_from: NaiveDate,
    /// Has the admin switched it on that who wrote a rule doesn't activate it?
    pub author_never_activates: bool,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// It can't be done in this state (当前状态不允许).
    State,
    /// Who wrote the rule can't agree to it (编写人不得批准).
    Author,
    /// It was never simulated, and no reason is given (未模拟须说明原因).
    Unsimulated,
    /// A reason has to be given (须说明原因).
    Reason,
    /// Awards of the day from which it should count are approved already, or no day is given (生效日期无效).
    Day,
}

impl Obstacle {
    /// In a sentence, with the way out.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::State => Text::new(
                "This can't be done in the state the rule is in.",
                "规则的当前状态不允许此操作。",
            ),
            Self::Author => Text::new(
                "Who wrote this version can't do this; ask somebody else.",
                "编写此版本的人不得执行此操作，请由他人处理。",
            ),
            Self::Unsimulated => Text::new(
                "This version was never simulated: simulate it, or give a reason.",
                "此版本尚未模拟：请先模拟，或说明原因。",
            ),
            Self::Reason => Text::new("Give a reason.", "请说明原因。"),
            Self::Day => Text::new(
                "Name a first day for whose period no awards are approved yet.",
                "请指定生效日期，且该日期所在周期尚未核准奖励。",
            ),
        }
    }
}

/// Where the action leads.
///
/// # Errors
/// Everything that is in the way.
pub fn may(asked: Asked<'_>) -> Result<State, Vec<Obstacle>> {
    let reason = asked.reason.is_some_and(|reason| !reason.trim().is_empty());
    let own = asked.authors.contains(&asked.actor);
    let mut obstacles = Vec::new();
    let to = step(asked.state, asked.action);
    if to.is_none() {
        obstacles.push(Obstacle::State);
    }
    match asked.action {
        Action::Approve => {
            if own {
                obstacles.push(Obstacle::Author);
            }
            if !asked.simulated && !reason {
                obstacles.push(Obstacle::Unsimulated);
            }
        }
        Action::Activate => {
            if own && asked.author_never_activates {
                obstacles.push(Obstacle::Author);
            }
            if asked.from.is_none_or(|from| from < asked.open_from) {
                obstacles.push(Obstacle::Day);
            }
        }
        Action::Reject if !reason => obstacles.push(Obstacle::Reason),
        Action::Reject | Action::Edit | Action::Simulate | Action::Retire => {}
    }
    match to {
        Some(to) if obstacles.is_empty() => Ok(to),
        _ => Err(obstacles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [State; 5] = [
        State::Draft,
        State::Simulated,
        State::Approved,
        State::Active,
        State::Retired,
    ];

    const AUTHORS: [Uuid; 1] = [Uuid::from_u128(1)];

    fn asked(state: State, action: Action) -> Asked<'static> {
        let day = NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day");
        Asked {
            state,
            action,
            actor: Uuid::from_u128(2),
            authors: &AUTHORS,
            simulated: true,
            reason: None,
            from: Some(day),
            open_from: day,
            author_never_activates: true,
        }
    }

    #[test]
    fn a_rule_goes_from_draft_to_retired() {
        for (from, action, to) in [
            (State::Draft, Action::Simulate, State::Simulated),
            (State::Simulated, Action::Approve, State::Approved),
            (State::Approved, Action::Activate, State::Active),
            (State::Active, Action::Retire, State::Retired),
        ] {
            assert_eq!(may(asked(from, action)), Ok(to), "{from:?}");
        }
    }

    #[test]
    fn what_was_approved_never_changes() {
        for state in [State::Approved, State::Active, State::Retired] {
            assert_eq!(step(state, Action::Edit), None, "{state:?}");
        }
        let leaves = |state| TABLE.iter().any(|(from, _, _)| *from == state);
        for state in STATES {
            assert_eq!(leaves(state), state != State::Retired, "{state:?}");
        }
        // Only one way leads into each of the states in which a rule was agreed to.
        let into = |state| {
            TABLE
                .iter()
                .filter(|(_, _, to)| *to == state)
                .all(|(_, action, _)| match state {
                    State::Approved => *action == Action::Approve,
                    State::Active => *action == Action::Activate,
                    _ => true,
                })
        };
        assert!(STATES.into_iter().all(into));
    }

    #[test]
    fn four_eyes_and_a_simulation_or_a_reason() {
        let author = [Uuid::from_u128(2)];
        let own = Asked {
            authors: &author,
            ..asked(State::Simulated, Action::Approve)
        };
        assert_eq!(may(own), Err(vec![Obstacle::Author]));
        let unsimulated = Asked {
            simulated: false,
            ..asked(State::Draft, Action::Approve)
        };
        assert_eq!(may(unsimulated), Err(vec![Obstacle::Unsimulated]));
        let blank = Asked {
            reason: Some("  "),
            ..unsimulated
        };
        assert_eq!(may(blank), Err(vec![Obstacle::Unsimulated]));
        let reasoned = Asked {
            reason: Some("A new product."),
            ..unsimulated
        };
        assert_eq!(may(reasoned), Ok(State::Approved));
        let activates = Asked {
            authors: &author,
            ..asked(State::Approved, Action::Activate)
        };
        assert_eq!(may(activates), Err(vec![Obstacle::Author]));
        let allowed = Asked {
            author_never_activates: false,
            ..activates
        };
        assert_eq!(may(allowed), Ok(State::Active));
    }

    #[test]
    fn nothing_begins_in_periods_that_are_approved() {
        let late = Asked {
            from: NaiveDate::from_ymd_opt(2026, 9, 30),
            ..asked(State::Approved, Action::Activate)
        };
        assert_eq!(may(late), Err(vec![Obstacle::Day]));
        assert_eq!(may(Asked { from: None, ..late }), Err(vec![Obstacle::Day]));
        assert_eq!(
            may(asked(State::Approved, Action::Reject)),
            Err(vec![Obstacle::Reason])
        );
        assert_eq!(
            may(asked(State::Retired, Action::Approve)),
            Err(vec![Obstacle::State])
        );
        for obstacle in [
            Obstacle::State,
            Obstacle::Author,
            Obstacle::Unsimulated,
            Obstacle::Reason,
            Obstacle::Day,
        ] {
            assert_ne!(obstacle.text().en, obstacle.text().zh);
        }
    }
}
