//! What the reaches mean for surveys: those of the tickets; a follow-up is also its own member's.

use entity::enums::Reach;
use entity::{survey, survey_answer, survey_follow_up, ticket};
use sea_orm::{ColumnTrait, Condition};

use crate::access::{Permission, Scoped, Standing};
use crate::tickets::scope::of_tickets;

impl Scoped for survey::Entity {
    const READ: Permission = Permission::SurveyRead;
    /// The survey's ticket.
    type Facts = ticket::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_tickets(survey::Column::TicketId, reach, standing)
    }

    fn within(ticket: &ticket::Model, reach: Reach, standing: &Standing) -> bool {
        ticket::Entity::within(ticket, reach, standing)
    }
}

impl Scoped for survey_answer::Entity {
    const READ: Permission = Permission::SurveyRead;
    /// The answer's ticket.
    type Facts = ticket::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_tickets(survey_answer::Column::TicketId, reach, standing)
    }

    fn within(ticket: &ticket::Model, reach: Reach, standing: &Standing) -> bool {
        ticket::Entity::within(ticket, reach, standing)
    }
}

impl Scoped for survey_follow_up::Entity {
    const READ: Permission = Permission::SurveyFollowUp;
    /// The follow-up and its ticket.
    type Facts = (survey_follow_up::Model, ticket::Model);

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use survey_follow_up::Column;
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

    fn within((row, ticket): &Self::Facts, reach: Reach, standing: &Standing) -> bool {
        ticket::Entity::within(ticket, reach, standing)
            || reach == Reach::Own && row.member_id.is_some() && row.member_id == standing.member_id
    }
}
