//! What the reaches mean for tickets, comments and history: as SQL, and beside it as a plain predicate.

use entity::enums::{CommentVisibility, Reach};
use entity::{ticket, ticket_change, ticket_comment};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
};

use super::collaboration::watching;
use super::part;
use super::responsibility;
use crate::access::{Permission, Scoped, Standing, Viewer, reach_of};
use crate::db::part::InPart;

impl Scoped for ticket::Entity {
    const READ: Permission = Permission::TicketRead;
    const IN_PART: Option<InPart<Self>> = Some(part::ticket);
    type Facts = ticket::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use ticket::Column;
        match reach {
            Reach::Own => Some(
                Condition::any()
                    .add_option(standing.principal_id.map(|id| Column::CreatedBy.eq(id)))
                    .add_option(standing.member_id.map(|id| Column::OwnerId.eq(id)))
                    .add_option(standing.member_id.map(|id| Column::AssigneeId.eq(id))),
            )
            .filter(|rows| !rows.is_empty()),
            Reach::Team => among(Column::TeamId, &standing.teams),
            Reach::TeamTree => among(Column::TeamId, &standing.team_tree),
            Reach::Department => among(Column::TeamId, &standing.department_teams),
            Reach::Region => (!standing.provinces.is_empty()).then(|| {
                Condition::all().add(Column::Province.is_in(standing.provinces.iter().copied()))
            }),
            Reach::All => Some(Condition::all()),
            Reach::Organisation => match (standing.partner_id, standing.customer_id) {
                (Some(partner), _) => Some(Condition::all().add(Column::PartnerId.eq(partner))),
                (None, Some(customer)) => {
                    Some(Condition::all().add(Column::CustomerId.eq(customer)))
                }
                (None, None) => None,
            },
        }
    }

    fn within(row: &ticket::Model, reach: Reach, standing: &Standing) -> bool {
        let mine = |member: Option<sea_orm::prelude::Uuid>| {
            member.is_some() && member == standing.member_id
        };
        let in_teams = |teams: &std::collections::BTreeSet<_>| {
            row.team_id.is_some_and(|team| teams.contains(&team))
        };
        match reach {
            Reach::Own => {
                standing.principal_id == Some(row.created_by)
                    || mine(row.owner_id)
                    || mine(row.assignee_id)
            }
            Reach::Team => in_teams(&standing.teams),
            Reach::TeamTree => in_teams(&standing.team_tree),
            Reach::Department => in_teams(&standing.department_teams),
            Reach::Region => standing.provinces.contains(&row.province),
            Reach::All => true,
            Reach::Organisation => match (standing.partner_id, standing.customer_id) {
                (Some(partner), _) => row.partner_id == Some(partner),
                (None, Some(customer)) => row.customer_id == customer,
                (None, None) => false,
            },
        }
    }

    /// A watched ticket is read, and nothing else is done with it; so is one whose ownership is offered, until the answer.
    /// [`watching::lends`] is the plain predicate, over watchers and whoever it is offered to.
    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let member = standing.member_id?;
        watching::LENT.contains(&permission).then(|| {
            Condition::any()
                .add(ticket::Column::Id.in_subquery(watching::watched_by(member)))
                .add(ticket::Column::Id.in_subquery(responsibility::offered_tickets(member)))
        })
    }
}

fn among(
    column: ticket::Column,
    ids: &std::collections::BTreeSet<sea_orm::prelude::Uuid>,
) -> Option<Condition> {
    (!ids.is_empty()).then(|| Condition::all().add(column.is_in(ids.iter().copied())))
}

/// The rows of another table whose ticket (by that column) is within a reach.
pub fn of_tickets<C: ColumnTrait>(
    column: C,
    reach: Reach,
    standing: &Standing,
) -> Option<Condition> {
    let tickets = ticket::Entity::condition(reach, standing)?;
    if reach == Reach::All {
        return Some(tickets);
    }
    let keys = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(tickets)
        .into_query();
    Some(Condition::all().add(column.in_subquery(keys)))
}

/// The comments that a viewer may read: public ones of tickets under `ticket.read`, internal ones only of tickets under
/// `ticket.note.read`.
pub fn visible_comments(viewer: &Viewer) -> Select<ticket_comment::Entity> {
    use ticket_comment::Column;
    let public = Condition::all()
        .add(Column::Visibility.eq(CommentVisibility::Public))
        .add(ticket_within(
            Column::TicketId,
            viewer,
            Permission::TicketRead,
        ));
    let mut visible = Condition::any().add(public);
    if viewer.may(Permission::TicketNoteRead) {
        let internal = Condition::all()
            .add(Column::Visibility.eq(CommentVisibility::Internal))
            .add(ticket_within(
                Column::TicketId,
                viewer,
                Permission::TicketNoteRead,
            ));
        visible = visible.add(internal);
    }
    ticket_comment::Entity::find().filter(visible)
}

/// The history rows that a viewer may read: public ones under `ticket.read`, all of them under `ticket.note.read`.
pub fn visible_history(viewer: &Viewer) -> Select<ticket_change::Entity> {
    use ticket_change::Column;
    let public = Condition::all()
        .add(Column::Public.eq(true))
        .add(ticket_within(
            Column::TicketId,
            viewer,
            Permission::TicketRead,
        ));
    let mut visible = Condition::any().add(public);
    if viewer.may(Permission::TicketNoteRead) {
        visible = visible.add(ticket_within(
            Column::TicketId,
            viewer,
            Permission::TicketNoteRead,
        ));
    }
    ticket_change::Entity::find().filter(visible)
}

/// The rows whose ticket (by that column) the viewer's permission reaches: what hangs on tickets.
pub fn ticket_within(
    column: impl ColumnTrait,
    viewer: &Viewer,
    permission: Permission,
) -> Condition {
    let reach = reach_of::<ticket::Entity>(viewer, permission);
    if reach.is_empty() {
        // Of everybody's tickets there is nothing to look up. Said in words, as an empty condition would be dropped where
        // it stands beside others.
        return Condition::all().add(Expr::cust("TRUE"));
    }
    // Of each row's own ticket, not of all tickets first: these rows are read a few at a time.
    let within = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(Expr::col(ticket::Column::Id.as_column_ref()).equals(column.as_column_ref()))
        .filter(reach)
        .into_query();
    Condition::all().add(Expr::exists(within))
}
