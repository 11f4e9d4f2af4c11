//! What can become of a request for leave, and who decides (请假).

use chrono::{DateTime, Utc};
use entity::enums::LeaveState;
use entity::leave;
use uuid::Uuid;

use crate::access::Permission;

/// What can be done with leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Grant it.
    Approve,
    /// Refuse it.
    Reject,
    /// Take it back.
    Cancel,
}

/// Who may do it, beside holding the permission for the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever holds it, the member included.
    Anybody,
    /// Anybody but the member it is about.
    Others,
}

/// Of which leave it can be done, by the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Any time.
    Always,
    /// Only until it is over.
    UntilOver,
}

/// One line of the state machine.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// From which state.
    pub from: LeaveState,
    /// What is done.
    pub action: Action,
    /// To which state.
    pub to: LeaveState,
    /// With which permission.
    pub permission: Permission,
    /// By whom.
    pub who: Who,
    /// Until when.
    pub when: When,
}

/// The state machine of leave. Whatever isn't here can't be done: what was refused or taken back is asked for anew.
#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    Step { from: LeaveState::Requested, action: Action::Approve, to: LeaveState::Approved,  permission: Permission::LeaveDecide,  who: Who::Others,  when: When::UntilOver },
    Step { from: LeaveState::Requested, action: Action::Reject,  to: LeaveState::Rejected,  permission: Permission::LeaveDecide,  who: Who::Others,  when: When::Always },
    Step { from: LeaveState::Requested, action: Action::Cancel,  to: LeaveState::Cancelled, permission: Permission::LeaveRequest, who: Who::Anybody, when: When::Always },
    Step { from: LeaveState::Approved,  action: Action::Cancel,  to: LeaveState::Cancelled, permission: Permission::LeaveRequest, who: Who::Anybody, when: When::UntilOver },
];

/// The permission that an action on leave needs, whatever its state.
#[must_use]
pub fn permission(action: Action) -> Permission {
    let step = STEPS.iter().find(|step| step.action == action);
    step.map_or(Permission::LeaveDecide, |step| step.permission)
}

/// Why something can't be done with leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It isn't in a state for that.
    State(LeaveState),
    /// Nobody decides about their own leave.
    Own,
    /// It is over.
    Over,
}

/// The step of an action on leave, if the machine has one and this member may take it now. `actor` is the member who
/// acts; the server itself is none.
///
/// # Errors
/// Why not.
pub fn step(
    row: &leave::Model,
    action: Action,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<&'static Step, Refusal> {
    let step = STEPS
        .iter()
        .find(|step| step.from == row.state && step.action == action)
        .ok_or(Refusal::State(row.state))?;
    if step.who == Who::Others && actor == Some(row.member_id) {
        return Err(Refusal::Own);
    }
    if step.when == When::UntilOver && row.ends_at <= now {
        return Err(Refusal::Over);
    }
    Ok(step)
}

/// What taking leave back comes to: leave that has begun ends now and stays granted, for the member was away; any other
/// is as if it had never been.
#[must_use]
pub fn taken_back(row: &leave::Model, to: LeaveState, now: DateTime<Utc>) -> leave::Model {
    let mut after = row.clone();
    if row.state == LeaveState::Approved && row.starts_at < now {
        after.ends_at = now;
    } else {
        after.state = to;
    }
    after
}

/// The first of the `others` of the same member that is granted or waits, and shares time with this one.
#[must_use]
pub fn in_the_way<'o>(
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    states: &[LeaveState],
    others: &'o [leave::Model],
) -> Option<&'o leave::Model> {
    others
        .iter()
        .filter(|other| states.contains(&other.state))
        .filter(|other| other.starts_at < ends_at && starts_at < other.ends_at)
        .min_by_key(|other| (other.starts_at, other.id))
}

#[cfg(test)]
#[path = "leave_tests.rs"]
mod tests;
