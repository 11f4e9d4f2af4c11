//! What the reaches mean for handovers and credit: those of the tickets, and one's own.

use entity::enums::{HandoverState, Reach};
use entity::{ticket, ticket_credit, ticket_handover};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing};
use crate::tickets::scope::of_tickets;

/// A handover or a share with its ticket.
#[derive(Clone, Debug)]
pub struct OfTicket<M> {
    /// The row.
    pub row: M,
    /// Its ticket.
    pub ticket: ticket::Model,
}

/// The ids of the tickets whose ownership is offered to a member just now.
#[must_use]
pub fn offered_tickets(member: Uuid) -> SelectStatement {
    ticket_handover::Entity::find()
        .select_only()
        .column(ticket_handover::Column::TicketId)
        .filter(ticket_handover::Column::ToMemberId.eq(member))
        .filter(ticket_handover::Column::State.eq(HandoverState::Offered))
        .into_query()
}

/// A handover belongs to its ticket; whoever it is offered to has it too, whatever they may see of the ticket.
impl Scoped for ticket_handover::Entity {
    const READ: Permission = Permission::TicketNoteRead;
    type Facts = OfTicket<ticket_handover::Model>;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use ticket_handover::Column;
        let tickets = of_tickets(Column::TicketId, reach, standing);
        match standing.member_id.filter(|_| reach == Reach::Own) {
            Some(member) => Some(
                Condition::any()
                    .add_option(tickets)
                    .add(Column::ToMemberId.eq(member)),
            ),
            None => tickets,
        }
    }

    fn within(facts: &Self::Facts, reach: Reach, standing: &Standing) -> bool {
        ticket::Entity::within(&facts.ticket, reach, standing)
            || reach == Reach::Own && standing.member_id == Some(facts.row.to_member_id)
    }
}

/// A share belongs to its ticket; everybody has their own.
impl Scoped for ticket_credit::Entity {
    const READ: Permission = Permission::TicketNoteRead;
    type Facts = OfTicket<ticket_credit::Model>;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use ticket_credit::Column;
        let tickets = of_tickets(Column::TicketId, reach, standing);
        match standing.member_id.filter(|_| reach == Reach::Own) {
            Some(member) => Some(
                Condition::any()
                    .add_option(tickets)
                    .add(Column::MemberId.eq(member)),
            ),
            None => tickets,
        }
    }

    fn within(facts: &Self::Facts, reach: Reach, standing: &Standing) -> bool {
        ticket::Entity::within(&facts.ticket, reach, standing)
            || reach == Reach::Own && standing.member_id == Some(facts.row.member_id)
    }
}
