//! What the reaches mean for plans for improvement: whoever is placed in the group, or leads it, and the owner.

use std::collections::BTreeSet;

use entity::enums::Reach;
use entity::improvement_plan;
use entity::improvement_plan::Column::{DepartmentId, OwnerId, RegionId, TeamId};
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing, Viewer};

/// Whose plan it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Group {
    /// A team's.
    Team(Uuid),
    /// A department's.
    Department(Uuid),
    /// A region's.
    Region(Uuid),
}

/// The groups that a reach holds: teams, departments, regions.
type Held<'s> = [Option<&'s BTreeSet<Uuid>>; 3];

const fn held(reach: Reach, standing: &Standing) -> Held<'_> {
    match reach {
        Reach::Own | Reach::Team => [
            Some(&standing.teams),
            Some(&standing.departments),
            Some(&standing.regions),
        ],
        Reach::TeamTree => [Some(&standing.team_tree), None, None],
        Reach::Department => [
            Some(&standing.department_teams),
            Some(&standing.departments),
            None,
        ],
        Reach::Region => [Some(&standing.region_teams), None, Some(&standing.regions)],
        Reach::All | Reach::Organisation => [None, None, None],
    }
}

impl Group {
    /// Whose a plan is; none where nothing is named, which the database doesn't take.
    #[must_use]
    pub fn of(row: &improvement_plan::Model) -> Option<Self> {
        let team = row.team_id.map(Self::Team);
        team.or(row.department_id.map(Self::Department))
            .or(row.region_id.map(Self::Region))
    }

    fn is_held(self, [teams, departments, regions]: Held<'_>) -> bool {
        let (ids, id) = match self {
            Self::Team(id) => (teams, id),
            Self::Department(id) => (departments, id),
            Self::Region(id) => (regions, id),
        };
        ids.is_some_and(|ids| ids.contains(&id))
    }

    /// May the viewer write plans of this group? Whoever calibrates may for all, whoever reviews for the groups that they lead:
    /// that they are placed in one isn't enough.
    #[must_use]
    pub fn may_write(self, viewer: &Viewer) -> bool {
        if viewer.may(Permission::AppraisalCalibrate) {
            return true;
        }
        let mut reaches = viewer.grants.reaches(Permission::AppraisalReview);
        reaches.any(|reach| match reach {
            Reach::All => true,
            Reach::Own | Reach::Organisation => false,
            reach => self.is_held(held(reach, &viewer.standing)),
        })
    }
}

impl Scoped for improvement_plan::Entity {
    const READ: Permission = Permission::AppraisalRead;
    type Facts = improvement_plan::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        if reach == Reach::All {
            return Some(Condition::all());
        }
        let [teams, departments, regions] = held(reach, standing);
        let among = |column: improvement_plan::Column, ids: Option<&BTreeSet<Uuid>>| {
            ids.map(|ids| column.is_in(ids.iter().copied()))
        };
        let owned = standing.member_id.filter(|_| reach == Reach::Own);
        let condition = Condition::any()
            .add_option(among(TeamId, teams))
            .add_option(among(DepartmentId, departments))
            .add_option(among(RegionId, regions))
            .add_option(owned.map(|me| OwnerId.eq(me)));
        (!condition.is_empty()).then_some(condition)
    }

    fn within(facts: &improvement_plan::Model, reach: Reach, standing: &Standing) -> bool {
        let owned = reach == Reach::Own && standing.member_id == Some(facts.owner_id);
        let held = held(reach, standing);
        reach == Reach::All || owned || Group::of(facts).is_some_and(|group| group.is_held(held))
    }
}
