//! Pledges are read by all who see the structure, and written within the reach of the team.

use std::collections::BTreeSet;

use entity::enums::Reach;
use entity::team_pledge;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing, Viewer};

fn teams(reach: Reach, standing: &Standing) -> Option<&BTreeSet<Uuid>> {
    match reach {
        Reach::Team => Some(&standing.teams),
        Reach::TeamTree => Some(&standing.team_tree),
        Reach::Department => Some(&standing.department_teams),
        Reach::Region => Some(&standing.region_teams),
        Reach::Own | Reach::All | Reach::Organisation => None,
    }
}

impl Scoped for team_pledge::Entity {
    const READ: Permission = Permission::OrganisationRead;
    type Facts = team_pledge::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        if reach == Reach::All {
            return Some(Condition::all());
        }
        let ids = teams(reach, standing)?;
        let within = team_pledge::Column::TeamId.is_in(ids.iter().copied());
        Some(Condition::all().add(within))
    }

    fn within(facts: &team_pledge::Model, reach: Reach, standing: &Standing) -> bool {
        let among = |ids: &BTreeSet<Uuid>| ids.contains(&facts.team_id);
        reach == Reach::All || teams(reach, standing).is_some_and(among)
    }
}

/// May the viewer write for this team?
#[must_use]
pub fn may_write(viewer: &Viewer, team: Uuid) -> bool {
    let among = |ids: &BTreeSet<Uuid>| ids.contains(&team);
    viewer
        .grants
        .reaches(Permission::TeamPledgeWrite)
        .any(|reach| reach == Reach::All || teams(reach, &viewer.standing).is_some_and(among))
}
