//! What the reaches mean for decisions and requirements: as SQL, and beside it as a plain predicate; and which teams a
//! report is about.

use std::collections::BTreeSet;

use entity::enums::Reach;
use entity::{dispatch_decision, dispatch_requirement, ticket};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing, Viewer};

/// A decision follows its ticket.
impl Scoped for dispatch_decision::Entity {
    const READ: Permission = Permission::DispatchRead;
    type Facts = ticket::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        if reach == Reach::All {
            return Some(Condition::all());
        }
        let tickets = ticket::Entity::find()
            .select_only()
            .column(ticket::Column::Id)
            .filter(ticket::Entity::condition(reach, standing)?)
            .into_query();
        Some(Condition::all().add(dispatch_decision::Column::TicketId.in_subquery(tickets)))
    }

    fn within(ticket: &ticket::Model, reach: Reach, standing: &Standing) -> bool {
        ticket::Entity::within(ticket, reach, standing)
    }
}

/// What tickets need is the same for everybody: whoever on the staff may see one row may see all.
impl Scoped for dispatch_requirement::Entity {
    const READ: Permission = Permission::DispatchRead;
    type Facts = dispatch_requirement::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach != Reach::Organisation).then(Condition::all)
    }

    fn within(_: &dispatch_requirement::Model, reach: Reach, _: &Standing) -> bool {
        reach != Reach::Organisation
    }
}

/// Whose work a report may be about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Every team.
    pub all: bool,
    /// These teams.
    pub teams: BTreeSet<Uuid>,
    /// The viewer.
    pub own: Option<Uuid>,
}

impl Scope {
    /// What the viewer's reaches for reading decisions mean for teams.
    #[must_use]
    pub fn of(viewer: &Viewer) -> Self {
        let standing = &viewer.standing;
        let mut scope = Self::default();
        for reach in viewer.grants.reaches(Permission::DispatchRead) {
            match reach {
                Reach::All => scope.all = true,
                Reach::Own => scope.own = standing.member_id,
                Reach::Team => scope.teams.extend(&standing.teams),
                Reach::TeamTree => scope.teams.extend(&standing.team_tree),
                Reach::Department => scope.teams.extend(&standing.department_teams),
                Reach::Region => scope.teams.extend(&standing.region_teams),
                Reach::Organisation => {}
            }
        }
        scope
    }

    /// Is a team within it?
    #[must_use]
    pub fn has(&self, team: Uuid) -> bool {
        self.all || self.teams.contains(&team)
    }
}
