//! Which tickets can be merged, and what a merged one no longer does.

use entity::enums::TicketState;
use uuid::Uuid;

use crate::error::{Text, UserError, UserErrorCode};
use crate::tickets::collaboration::links::rules::Relation;
use crate::tickets::rules::stages;

/// The most comments that go with a split ticket.
pub const COMMENTS_MAX: usize = 100;

/// What matters about a ticket that is to be merged.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// The ticket.
    pub id: Uuid,
    /// Whose it is.
    pub customer: Uuid,
    /// Does it go on?
    pub state: TicketState,
    /// Was it merged into another one?
    pub merged: bool,
}

/// May the first ticket be merged into the second?
///
/// # Errors
/// The reason and the way out.
pub fn check_merge(source: Side, into: Side) -> Result<(), UserError> {
    let refuse = |code, field, en, zh| Err(UserError::new(code, field, Text::new(en, zh)));
    if source.id == into.id {
        return refuse(
            UserErrorCode::Invalid,
            "input.intoId",
            "A ticket can't be merged into itself; name another one.",
            "工单不能合并到自身，请选择其他工单。",
        );
    }
    if source.customer != into.customer {
        return refuse(
            UserErrorCode::RuleViolated,
            "input.intoId",
            "They are of different customers; link them instead (DUPLICATE_OF or RELATED_TO).",
            "两张工单属于不同客户，不能合并；请改用关联（DUPLICATE_OF 或 RELATED_TO）。",
        );
    }
    if source.merged {
        return refuse(
            UserErrorCode::WrongState,
            "input.id",
            "This ticket was merged already; merge the one that it went into.",
            "该工单已被合并，请对其合并目标进行操作。",
        );
    }
    if into.merged {
        return refuse(
            UserErrorCode::WrongState,
            "input.intoId",
            "That ticket was merged itself; merge into the one that it went into.",
            "目标工单已被合并，请合并到其最终目标。",
        );
    }
    if stages::ended(source.state) {
        return refuse(
            UserErrorCode::WrongState,
            "input.id",
            "This ticket has ended; link it as DUPLICATE_OF, or reopen it first.",
            "该工单已结束；请改用 DUPLICATE_OF 关联，或先重开。",
        );
    }
    if stages::ended(into.state) {
        return refuse(
            UserErrorCode::WrongState,
            "input.intoId",
            "That ticket has ended; reopen it first, or merge the other way round.",
            "目标工单已结束；请先重开，或反向合并。",
        );
    }
    Ok(())
}

/// Does the ticket still stand for itself? `into` names the one that it was merged into.
///
/// # Errors
/// `WRONG_STATE` with the way out.
pub fn check_not_merged(into: Option<impl std::fmt::Display>) -> Result<(), UserError> {
    let Some(into) = into else { return Ok(()) };
    let text = Text::new(
        format!("This ticket was merged into {into}; go on there."),
        format!("该工单已合并到 {into}，请在目标工单中继续。"),
    );
    Err(UserError::new(UserErrorCode::WrongState, "", text))
}

/// In which way may a split ticket hang on the one it comes from?
///
/// # Errors
/// `INVALID` naming those that are possible.
pub fn check_relation(relation: Relation) -> Result<(), UserError> {
    if matches!(relation, Relation::RelatedTo | Relation::ParentOf) {
        return Ok(());
    }
    Err(UserError::new(
        UserErrorCode::Invalid,
        "input.relation",
        Text::new(
            "A ticket is RELATED_TO or PARENT_OF the one that is split from it.",
            "原工单与拆分出的工单只能是 RELATED_TO 或 PARENT_OF 关系。",
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(id: u128, customer: u128, state: TicketState, merged: bool) -> Side {
        Side {
            id: Uuid::from_u128(id),
            customer: Uuid::from_u128(customer),
            state,
            merged,
        }
    }

    #[test]
    fn two_going_tickets_of_one_customer_can_be_merged() {
        use TicketState::{Cancelled, Closed, OnHold, Open};
        let open = side(1, 9, Open, false);
        for (into, expected) in [
            (side(2, 9, Open, false), None),
            (side(2, 9, OnHold, false), None),
            (
                side(1, 9, Open, false),
                Some(("input.intoId", UserErrorCode::Invalid)),
            ),
            (
                side(2, 8, Open, false),
                Some(("input.intoId", UserErrorCode::RuleViolated)),
            ),
            (
                side(2, 9, Closed, false),
                Some(("input.intoId", UserErrorCode::WrongState)),
            ),
            (
                side(2, 9, Cancelled, true),
                Some(("input.intoId", UserErrorCode::WrongState)),
            ),
        ] {
            let found = check_merge(open, into).err();
            let found = found.map(|error| (error.field.join("."), error.code));
            let expected = expected.map(|(field, code)| (field.to_owned(), code));
            assert_eq!(found, expected, "{into:?}");
        }
        let into = side(2, 9, Open, false);
        for source in [side(1, 9, Closed, false), side(1, 9, Cancelled, true)] {
            assert!(check_merge(source, into).is_err(), "{source:?}");
        }
    }

    #[test]
    fn a_merged_ticket_points_to_where_the_work_goes_on() {
        assert_eq!(check_not_merged(None::<&str>), Ok(()));
        let refused = check_not_merged(Some("ticket_x")).expect_err("it was merged");
        assert!(refused.text.en.contains("ticket_x") && refused.text.zh.contains("ticket_x"));
    }

    #[test]
    fn a_split_ticket_is_related_or_a_child() {
        assert!(check_relation(Relation::RelatedTo).is_ok());
        assert!(check_relation(Relation::ParentOf).is_ok());
        assert!(check_relation(Relation::ChildOf).is_err());
        assert!(check_relation(Relation::DuplicateOf).is_err());
    }
}
