//! The stage machine: every move that a ticket can make, as a table.

use entity::enums::{TicketStage, TicketState, UserKind};

use crate::access::Permission;
use crate::error::{Text, UserError, UserErrorCode};

/// What can be done to a ticket's stage or state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// To another stage: the next one, or back to an earlier one.
    Advance,
    /// Wait for the customer, for parts, or for something else.
    Hold,
    /// Go on after waiting.
    Resume,
    /// Done and told to the customer.
    Close,
    /// Given up, with a reason.
    Cancel,
    /// Taken up again after it had ended.
    Reopen,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// In which states the move is possible.
    pub from: &'static [TicketState],
    /// The move.
    pub action: Move,
    /// The states that it can lead to.
    pub to: &'static [TicketState],
    /// The permission that it needs.
    pub permission: Permission,
}

use TicketState::{Cancelled, Closed, OnHold, Open, PendingCustomer, PendingParts};

/// States in which the ticket waits.
pub const WAITING: &[TicketState] = &[PendingCustomer, PendingParts, OnHold];

/// Every move there is; what isn't here can't be done.
pub const TRANSITIONS: &[Transition] = &[
    Transition {
        from: &[Open],
        action: Move::Advance,
        to: &[Open],
        permission: Permission::TicketAdvance,
    },
    Transition {
        from: &[Open, PendingCustomer, PendingParts, OnHold],
        action: Move::Hold,
        to: WAITING,
        permission: Permission::TicketAdvance,
    },
    Transition {
        from: WAITING,
        action: Move::Resume,
        to: &[Open],
        permission: Permission::TicketAdvance,
    },
    Transition {
        from: &[Open],
        action: Move::Close,
        to: &[Closed],
        permission: Permission::TicketClose,
    },
    Transition {
        from: &[Open, PendingCustomer, PendingParts, OnHold],
        action: Move::Cancel,
        to: &[Cancelled],
        permission: Permission::TicketClose,
    },
    Transition {
        from: &[Closed, Cancelled],
        action: Move::Reopen,
        to: &[Open],
        permission: Permission::TicketClose,
    },
];

/// Has the ticket ended?
#[must_use]
pub const fn ended(state: TicketState) -> bool {
    matches!(state, Closed | Cancelled)
}

/// The five stages in their order.
pub const STAGES: [TicketStage; 5] = [
    TicketStage::Intake,
    TicketStage::Analysis,
    TicketStage::Solution,
    TicketStage::Execution,
    TicketStage::Feedback,
];

/// A stage's place in the order, 0 to 4.
#[must_use]
pub fn place(stage: TicketStage) -> usize {
    STAGES
        .iter()
        .position(|other| *other == stage)
        .unwrap_or_default()
}

/// The permission that a move needs.
#[must_use]
pub fn permission(action: Move) -> Permission {
    TRANSITIONS
        .iter()
        .find(|line| line.action == action)
        .map_or(Permission::TicketAdvance, |line| line.permission)
}

/// May a ticket in `state` make that move to `to`?
///
/// # Errors
/// `WRONG_STATE` with the states from which the move is possible, or saying that it waits like that already.
pub fn check_state(state: TicketState, action: Move, to: TicketState) -> Result<(), UserError> {
    let lines = || TRANSITIONS.iter().filter(move |line| line.action == action);
    if lines().any(|line| line.from.contains(&state) && line.to.contains(&to))
        && (state != to || action == Move::Advance)
    {
        return Ok(());
    }
    if action == Move::Hold && state == to && WAITING.contains(&to) {
        let text = Text::new(
            "The ticket waits for that already; choose something else to wait for, or resume it.",
            "工单已处于该挂起状态；请选择其他挂起状态，或恢复处理。",
        );
        return Err(UserError::new(
            UserErrorCode::WrongState,
            "input.state",
            text,
        ));
    }
    let possible: Vec<&str> = lines()
        .flat_map(|line| line.from)
        .map(|state| name(*state))
        .collect();
    let text = Text::new(
        format!(
            "The ticket is {}; this is possible when it is {}.",
            name(state),
            possible.join(", ")
        ),
        format!("工单当前状态为“{}”，不能执行此操作。", name_zh(state)),
    );
    Err(UserError::new(UserErrorCode::WrongState, "", text))
}

/// Is it a state to wait in?
///
/// # Errors
/// `INVALID` naming those that are.
pub fn check_waiting(to: TicketState) -> Result<(), UserError> {
    if WAITING.contains(&to) {
        return Ok(());
    }
    let text = Text::new(
        "A ticket waits in PENDING_CUSTOMER, PENDING_PARTS or ON_HOLD.",
        "挂起状态须为 PENDING_CUSTOMER、PENDING_PARTS 或 ON_HOLD。",
    );
    Err(UserError::new(UserErrorCode::Invalid, "input.state", text))
}

/// Does a ticket go on by itself after a public reply? What it waits for may have come when the customer, or the partner for
/// the customer, has written.
#[must_use]
pub const fn goes_on_with_reply(state: TicketState, by: Option<UserKind>) -> bool {
    matches!(state, PendingCustomer) && matches!(by, Some(UserKind::Customer | UserKind::Partner))
}

/// May the ticket go from one stage to another? Forward only to the next one; back to any earlier one, with a reason.
///
/// # Errors
/// `WRONG_STATE` when a stage would be skipped or it is there already; `BLANK` when a step back has no reason.
pub fn check_stage(
    from: TicketStage,
    to: TicketStage,
    reason: Option<&str>,
) -> Result<(), UserError> {
    let (now, then) = (place(from), place(to));
    if then > now + 1 || then == now {
        let next = STAGES
            .get(now + 1)
            .map_or("none", |stage| stage_name(*stage));
        let text = Text::new(
            format!(
                "From {} the next stage is {next}; going back to an earlier one needs a reason.",
                stage_name(from)
            ),
            "阶段须逐步推进；退回先前阶段时须说明原因。".to_owned(),
        );
        return Err(UserError::new(UserErrorCode::WrongState, "input.to", text));
    }
    if then < now && reason.is_none_or(|reason| reason.trim().is_empty()) {
        let text = Text::new(
            "Say why the ticket goes back to an earlier stage.",
            "请说明退回先前阶段的原因。",
        );
        return Err(UserError::new(UserErrorCode::Blank, "input.reason", text));
    }
    Ok(())
}

/// May it be closed in this stage? Only after the result was told: in feedback.
///
/// # Errors
/// `WRONG_STATE` with the way out.
pub fn check_close(stage: TicketStage) -> Result<(), UserError> {
    if stage == TicketStage::Feedback {
        return Ok(());
    }
    let text = Text::new(
        format!(
            "A ticket is closed from the stage FEEDBACK; this one is in {}. Advance it first, or cancel it with a reason.",
            stage_name(stage)
        ),
        "工单须进入“结果反馈”阶段后才能关闭；请先推进阶段，或说明原因后取消。",
    );
    Err(UserError::new(UserErrorCode::WrongState, "", text))
}

/// A state as the API writes it.
#[must_use]
pub const fn name(state: TicketState) -> &'static str {
    match state {
        Open => "OPEN",
        PendingCustomer => "PENDING_CUSTOMER",
        PendingParts => "PENDING_PARTS",
        OnHold => "ON_HOLD",
        Closed => "CLOSED",
        Cancelled => "CANCELLED",
    }
}

/// The state that the API writes so.
#[must_use]
pub fn state_named(text: &str) -> Option<TicketState> {
    let all = [
        Open,
        PendingCustomer,
        PendingParts,
        OnHold,
        Closed,
        Cancelled,
    ];
    all.into_iter().find(|state| name(*state) == text)
}

const fn name_zh(state: TicketState) -> &'static str {
    match state {
        Open => "处理中",
        PendingCustomer => "待客户回复",
        PendingParts => "待配件",
        OnHold => "挂起",
        Closed => "已关闭",
        Cancelled => "已取消",
    }
}

/// A stage as the API writes it.
#[must_use]
pub const fn stage_name(stage: TicketStage) -> &'static str {
    match stage {
        TicketStage::Intake => "INTAKE",
        TicketStage::Analysis => "ANALYSIS",
        TicketStage::Solution => "SOLUTION",
        TicketStage::Execution => "EXECUTION",
        TicketStage::Feedback => "FEEDBACK",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [TicketState; 6] = [
        Open,
        PendingCustomer,
        PendingParts,
        OnHold,
        Closed,
        Cancelled,
    ];

    /// Which moves each state allows, as a service manager would write it down.
    #[test]
    fn moves_by_state() {
        let allowed = |state, action, to| check_state(state, action, to).is_ok();
        for (state, advance, hold, resume, close, cancel, reopen) in [
            (Open, true, true, false, true, true, false),
            (PendingCustomer, false, true, true, false, true, false),
            (PendingParts, false, true, true, false, true, false),
            (OnHold, false, false, true, false, true, false),
            (Closed, false, false, false, false, false, true),
            (Cancelled, false, false, false, false, false, true),
        ] {
            assert_eq!(
                allowed(state, Move::Advance, Open),
                advance,
                "{state:?} advance"
            );
            assert_eq!(allowed(state, Move::Hold, OnHold), hold, "{state:?} hold");
            assert_eq!(
                allowed(state, Move::Resume, Open),
                resume,
                "{state:?} resume"
            );
            assert_eq!(
                allowed(state, Move::Close, Closed),
                close,
                "{state:?} close"
            );
            assert_eq!(
                allowed(state, Move::Cancel, Cancelled),
                cancel,
                "{state:?} cancel"
            );
            assert_eq!(
                allowed(state, Move::Reopen, Open),
                reopen,
                "{state:?} reopen"
            );
        }
    }

    #[test]
    fn what_waits_already_is_told_so() {
        for state in STATES {
            let refused = check_state(state, Move::Hold, state).err();
            let field = refused.map(|error| error.field.join("."));
            let expected = if WAITING.contains(&state) {
                "input.state"
            } else {
                ""
            };
            assert_eq!(field.as_deref(), Some(expected), "{state:?}");
        }
    }

    #[test]
    fn nothing_leads_out_of_an_end_but_reopening() {
        for state in [Closed, Cancelled] {
            for line in TRANSITIONS.iter().filter(|line| line.from.contains(&state)) {
                assert_eq!(line.action, Move::Reopen);
            }
        }
        for to in STATES {
            assert!(check_state(Closed, Move::Hold, to).is_err());
        }
    }

    #[test]
    fn only_the_customers_side_ends_the_waiting_for_it() {
        use UserKind::{Customer, Partner, Staff};
        for state in STATES {
            let waits = state == PendingCustomer;
            for (by, expected) in [
                (Some(Customer), waits),
                (Some(Partner), waits),
                (Some(Staff), false),
                (None, false),
            ] {
                assert_eq!(goes_on_with_reply(state, by), expected, "{state:?} {by:?}");
            }
        }
    }

    #[test]
    fn stages_go_on_by_one_and_back_with_a_reason() {
        use TicketStage::{Analysis, Execution, Feedback, Intake, Solution};
        for (from, to, reason, allowed) in [
            (Intake, Analysis, None, true),
            (Intake, Solution, None, false),
            (Intake, Intake, None, false),
            (Execution, Feedback, None, true),
            (Feedback, Execution, None, false),
            (Feedback, Execution, Some("  "), false),
            (Feedback, Intake, Some("the fault came back"), true),
            (Solution, Analysis, Some("wrong part"), true),
            (Feedback, Feedback, Some("again"), false),
        ] {
            assert_eq!(
                check_stage(from, to, reason).is_ok(),
                allowed,
                "{from:?} -> {to:?}"
            );
        }
    }

    #[test]
    fn a_ticket_waits_only_in_a_waiting_state() {
        for state in STATES {
            assert_eq!(
                check_waiting(state).is_ok(),
                WAITING.contains(&state),
                "{state:?}"
            );
        }
    }

    #[test]
    fn only_feedback_closes() {
        for stage in STAGES {
            assert_eq!(check_close(stage).is_ok(), stage == TicketStage::Feedback);
        }
    }
}
