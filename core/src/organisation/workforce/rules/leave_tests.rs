//! The life of a request for leave.

use chrono::TimeDelta;
use entity::enums::LeaveKind;

use super::*;

fn at(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_416_800, 0).expect("a time") + TimeDelta::hours(hours)
}

fn member(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn leave(state: LeaveState, starts: i64, ends: i64) -> leave::Model {
    leave::Model {
        id: member(100),
        member_id: member(1),
        kind: LeaveKind::Annual,
        starts_at: at(starts),
        ends_at: at(ends),
        state,
        reason: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: at(-100),
        updated_at: at(-100),
    }
}

#[test]
fn the_machine_allows_this_and_nothing_else() {
    use Action::{Approve, Cancel, Reject};
    use LeaveState::{Approved, Cancelled, Rejected, Requested};
    let lead = Some(member(2));
    for (state, action, expected) in [
        (Requested, Approve, Ok(Approved)),
        (Requested, Reject, Ok(Rejected)),
        (Requested, Cancel, Ok(Cancelled)),
        (Approved, Approve, Err(Refusal::State(Approved))),
        (Approved, Reject, Err(Refusal::State(Approved))),
        (Approved, Cancel, Ok(Cancelled)),
        (Rejected, Approve, Err(Refusal::State(Rejected))),
        (Rejected, Reject, Err(Refusal::State(Rejected))),
        (Rejected, Cancel, Err(Refusal::State(Rejected))),
        (Cancelled, Approve, Err(Refusal::State(Cancelled))),
        (Cancelled, Reject, Err(Refusal::State(Cancelled))),
        (Cancelled, Cancel, Err(Refusal::State(Cancelled))),
    ] {
        let found = step(&leave(state, 24, 48), action, lead, at(0)).map(|step| step.to);
        assert_eq!(found, expected, "{action:?} when {state:?}");
    }
}

#[test]
fn nobody_decides_about_their_own_leave() {
    let row = leave(LeaveState::Requested, 24, 48);
    let own = Some(member(1));
    for action in [Action::Approve, Action::Reject] {
        assert_eq!(
            step(&row, action, own, at(0)).map(|step| step.to),
            Err(Refusal::Own)
        );
    }
    assert!(step(&row, Action::Cancel, own, at(0)).is_ok());
    // The server itself is no member.
    assert!(step(&row, Action::Approve, None, at(0)).is_ok());
}

#[test]
fn what_is_over_is_neither_granted_nor_taken_back() {
    let lead = Some(member(2));
    let waiting = leave(LeaveState::Requested, -48, 0);
    assert_eq!(
        step(&waiting, Action::Approve, lead, at(0)).map(|step| step.to),
        Err(Refusal::Over)
    );
    assert!(step(&waiting, Action::Reject, lead, at(0)).is_ok());
    let granted = leave(LeaveState::Approved, -48, 0);
    assert_eq!(
        step(&granted, Action::Cancel, lead, at(0)).map(|step| step.to),
        Err(Refusal::Over)
    );
}

#[test]
fn whoever_comes_back_early_was_away_until_then() {
    let begun = taken_back(
        &leave(LeaveState::Approved, -24, 24),
        LeaveState::Cancelled,
        at(0),
    );
    assert_eq!((begun.state, begun.ends_at), (LeaveState::Approved, at(0)));
    let coming = taken_back(
        &leave(LeaveState::Approved, 1, 24),
        LeaveState::Cancelled,
        at(0),
    );
    assert_eq!(
        (coming.state, coming.ends_at),
        (LeaveState::Cancelled, at(24))
    );
    let waiting = taken_back(
        &leave(LeaveState::Requested, -24, 24),
        LeaveState::Cancelled,
        at(0),
    );
    assert_eq!(
        (waiting.state, waiting.ends_at),
        (LeaveState::Cancelled, at(24))
    );
}

#[test]
fn leave_is_in_the_way_when_it_shares_time() {
    use LeaveState::{Approved, Cancelled, Rejected, Requested};
    let others = [
        leave(Approved, 0, 10),
        leave(Requested, 20, 30),
        leave(Cancelled, 40, 50),
        leave(Rejected, 40, 50),
    ];
    let both = [Approved, Requested];
    for (from, to, states, expected) in [
        (-5, 0, both.as_slice(), None),
        (-5, 1, &both, Some(0)),
        (10, 20, &both, None),
        (9, 21, &both, Some(0)),
        (19, 21, &both, Some(20)),
        (19, 21, &[Approved], None),
        (40, 50, &both, None),
    ] {
        let found = in_the_way(at(from), at(to), states, &others).map(|row| row.starts_at);
        assert_eq!(found, expected.map(at), "{from} to {to}");
    }
}

#[test]
fn every_action_needs_one_permission_whatever_the_state() {
    for step in STEPS {
        assert_eq!(permission(step.action), step.permission, "{step:?}");
    }
}
