//! What the reaches mean for service levels: policies are read as a whole or not at all, clocks and alerts go with their
//! ticket.

use entity::enums::Reach;
use entity::{sla_policy, sla_policy_version, ticket, ticket_alert};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::{Permission, Scoped, Standing};

impl Scoped for sla_policy::Entity {
    const READ: Permission = Permission::PolicyRead;
    type Facts = sla_policy::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &sla_policy::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}

impl Scoped for sla_policy_version::Entity {
    const READ: Permission = Permission::PolicyRead;
    type Facts = sla_policy_version::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &sla_policy_version::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}

impl Scoped for ticket_alert::Entity {
    const READ: Permission = Permission::TicketAlertRead;
    type Facts = (ticket_alert::Model, ticket::Model);

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let tickets = ticket::Entity::condition(reach, standing)?;
        if reach == Reach::All {
            return Some(Condition::all());
        }
        let keys = ticket::Entity::find()
            .select_only()
            .column(ticket::Column::Id)
            .filter(tickets)
            .into_query();
        Some(Condition::all().add(ticket_alert::Column::TicketId.in_subquery(keys)))
    }

    fn within((alert, ticket): &Self::Facts, reach: Reach, standing: &Standing) -> bool {
        alert.ticket_id == ticket.id && ticket::Entity::within(ticket, reach, standing)
    }
}
