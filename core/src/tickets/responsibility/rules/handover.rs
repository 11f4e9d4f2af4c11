//! The handover of ownership as a table: who may do what with an offer.

use entity::enums::HandoverState;
use uuid::Uuid;

use crate::error::{Text, UserError, UserErrorCode};

/// What can be done with an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Taken on: the ownership changes.
    Accept,
    /// Refused: the owner stays.
    Decline,
    /// Taken back before an answer.
    Withdraw,
    /// Void, as the ticket ended or got another owner.
    Lapse,
}

/// Who can do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The member it was offered to.
    Addressed,
    /// Whoever offered it, and the owner.
    Offering,
    /// The server.
    Server,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// The state before.
    pub from: HandoverState,
    /// What is done.
    pub answer: Answer,
    /// The state after.
    pub to: HandoverState,
    /// Who may.
    pub by: Party,
}

/// Every move there is; what isn't here can't be done.
pub const TRANSITIONS: &[Transition] = &[
    Transition {
        from: HandoverState::Offered,
        answer: Answer::Accept,
        to: HandoverState::Accepted,
        by: Party::Addressed,
    },
    Transition {
        from: HandoverState::Offered,
        answer: Answer::Decline,
        to: HandoverState::Declined,
        by: Party::Addressed,
    },
    Transition {
        from: HandoverState::Offered,
        answer: Answer::Withdraw,
        to: HandoverState::Withdrawn,
        by: Party::Offering,
    },
    Transition {
        from: HandoverState::Offered,
        answer: Answer::Lapse,
        to: HandoverState::Withdrawn,
        by: Party::Server,
    },
];

/// What an offer looks like to somebody who wants to answer it.
#[derive(Clone, Copy, Debug)]
pub struct Standpoint {
    /// Is it offered to them?
    pub addressed: bool,
    /// Did they offer it, or own the ticket?
    pub offering: bool,
}

/// The state after an answer.
///
/// # Errors
/// `WRONG_STATE` when the offer was answered already, `RULE_VIOLATED` when it is somebody else's to answer.
pub fn after(
    state: HandoverState,
    answer: Answer,
    standpoint: Standpoint,
) -> Result<HandoverState, UserError> {
    let line = TRANSITIONS
        .iter()
        .find(|line| line.from == state && line.answer == answer)
        .ok_or_else(|| {
            let (en, zh) = name(state);
            UserError::new(
                UserErrorCode::WrongState,
                "",
                Text::new(
                    format!("This offer was {en} already; a new one can be made."),
                    format!("该移交{zh}，可重新发起。"),
                ),
            )
        })?;
    let may = match line.by {
        Party::Addressed => standpoint.addressed,
        Party::Offering => standpoint.offering,
        Party::Server => true,
    };
    if may {
        return Ok(line.to);
    }
    let text = if line.by == Party::Addressed {
        Text::new(
            "Only the colleague it was offered to answers an offer; the owner can withdraw it.",
            "移交只能由被邀请的成员答复；责任人可以撤回。",
        )
    } else {
        Text::new(
            "Only whoever made the offer, or the owner of the ticket, takes it back.",
            "移交只能由发起人或责任人撤回。",
        )
    };
    Err(UserError::new(UserErrorCode::RuleViolated, "", text))
}

const fn name(state: HandoverState) -> (&'static str, &'static str) {
    match state {
        HandoverState::Offered => ("made", "待接收"),
        HandoverState::Accepted => ("accepted", "已接收"),
        HandoverState::Declined => ("declined", "已拒绝"),
        HandoverState::Withdrawn => ("withdrawn", "已撤回"),
    }
}

/// What decides whether an offer can be made.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// Has the ticket ended?
    pub ended: bool,
    /// Its owner.
    pub owner: Option<Uuid>,
    /// Whoever offers it, as a member.
    pub by: Option<Uuid>,
    /// May they assign tickets like this one beyond their own?
    pub leads: bool,
    /// To whom.
    pub to: Uuid,
    /// Does an offer wait for its answer?
    pub open: bool,
}

/// May the ownership be offered? By the owner, or on the owner's behalf by whoever assigns the tickets there: an owner may
/// be ill, or have left.
///
/// # Errors
/// Says what stands against it.
pub fn check_offer(situation: Situation) -> Result<(), UserError> {
    let refuse = |code, field: &str, en: &'static str, zh: &'static str| {
        Err(UserError::new(code, field, Text::new(en, zh)))
    };
    if situation.ended {
        return refuse(
            UserErrorCode::WrongState,
            "",
            "The ticket has ended; reopen it before handing it over.",
            "工单已结束，请先重开再移交。",
        );
    }
    let Some(owner) = situation.owner else {
        return refuse(
            UserErrorCode::WrongState,
            "",
            "Nobody owns this ticket yet; assign it: who takes it first owns it.",
            "工单尚无责任人；请先分派，首位接手者即为责任人。",
        );
    };
    if situation.by != Some(owner) && !situation.leads {
        return refuse(
            UserErrorCode::RuleViolated,
            "",
            "Only the owner offers the ticket, or whoever may assign the tickets of this team.",
            "只有责任人或有权分派该团队工单的人员可以发起移交。",
        );
    }
    if situation.to == owner {
        return refuse(
            UserErrorCode::Invalid,
            "input.toMemberId",
            "This member owns the ticket already; name another one.",
            "该成员已是责任人，请选择其他成员。",
        );
    }
    if situation.open {
        return refuse(
            UserErrorCode::WrongState,
            "",
            "The ticket is offered to somebody already; withdraw that offer first.",
            "该工单已有待答复的移交，请先撤回。",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [HandoverState; 4] = [
        HandoverState::Offered,
        HandoverState::Accepted,
        HandoverState::Declined,
        HandoverState::Withdrawn,
    ];
    const ADDRESSED: Standpoint = Standpoint {
        addressed: true,
        offering: false,
    };
    const OFFERING: Standpoint = Standpoint {
        addressed: false,
        offering: true,
    };
    const NEITHER: Standpoint = Standpoint {
        addressed: false,
        offering: false,
    };

    #[test]
    fn who_may_answer_an_open_offer_and_how() {
        use Answer::{Accept, Decline, Lapse, Withdraw};
        for (answer, addressed, offering, neither) in [
            (Accept, true, false, false),
            (Decline, true, false, false),
            (Withdraw, false, true, false),
            (Lapse, true, true, true),
        ] {
            let may = |standpoint| after(HandoverState::Offered, answer, standpoint).is_ok();
            assert_eq!(
                (may(ADDRESSED), may(OFFERING), may(NEITHER)),
                (addressed, offering, neither),
                "{answer:?}"
            );
        }
    }

    #[test]
    fn an_answer_is_final() {
        for state in STATES
            .into_iter()
            .filter(|state| *state != HandoverState::Offered)
        {
            for answer in [
                Answer::Accept,
                Answer::Decline,
                Answer::Withdraw,
                Answer::Lapse,
            ] {
                let error = after(state, answer, ADDRESSED).expect_err("it is answered");
                assert_eq!(
                    error.code,
                    UserErrorCode::WrongState,
                    "{state:?} {answer:?}"
                );
            }
        }
    }

    #[test]
    fn when_an_offer_can_be_made() {
        let (owner, other, lead) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let plain = Situation {
            ended: false,
            owner: Some(owner),
            by: Some(owner),
            leads: false,
            to: other,
            open: false,
        };
        for (case, situation, code) in [
            ("the owner", plain, None),
            (
                "a lead",
                Situation {
                    by: Some(lead),
                    leads: true,
                    ..plain
                },
                None,
            ),
            (
                "a lead to herself",
                Situation {
                    by: Some(lead),
                    leads: true,
                    to: lead,
                    ..plain
                },
                None,
            ),
            (
                "somebody else",
                Situation {
                    by: Some(other),
                    ..plain
                },
                Some(UserErrorCode::RuleViolated),
            ),
            (
                "it has ended",
                Situation {
                    ended: true,
                    ..plain
                },
                Some(UserErrorCode::WrongState),
            ),
            (
                "nobody's",
                Situation {
                    owner: None,
                    ..plain
                },
                Some(UserErrorCode::WrongState),
            ),
            (
                "to the owner",
                Situation { to: owner, ..plain },
                Some(UserErrorCode::Invalid),
            ),
            (
                "offered already",
                Situation {
                    open: true,
                    ..plain
                },
                Some(UserErrorCode::WrongState),
            ),
        ] {
            assert_eq!(
                check_offer(situation).err().map(|error| error.code),
                code,
                "{case}"
            );
        }
    }
}
