//! What the reaches mean for goals: goals are meant to be seen, those of single members only by them and by who leads.

use std::collections::BTreeSet;

use entity::enums::{GoalPopulation, Reach};
use entity::{assignment, goal, goal_alert};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::Population;
use crate::access::{Permission, Scoped, Standing, Viewer};
use crate::organisation::{is_placed_in, placed_in};

/// A goal with what decides who may see it.
#[derive(Clone, Debug)]
pub struct GoalFacts {
    /// The goal.
    pub goal: goal::Model,
    /// All assignments of the member whose goal it is; empty for other goals.
    pub assignments: Vec<assignment::Model>,
}

/// Teams, departments and regions within a reach.
fn places(reach: Reach, standing: &Standing) -> [(goal::Column, &BTreeSet<Uuid>); 2] {
    use goal::Column::{DepartmentId, RegionId, TeamId};
    match reach {
        Reach::TeamTree => [(TeamId, &standing.team_tree), (TeamId, &standing.teams)],
        Reach::Department => [
            (DepartmentId, &standing.departments),
            (TeamId, &standing.department_teams),
        ],
        Reach::Region => [
            (RegionId, &standing.regions),
            (TeamId, &standing.region_teams),
        ],
        _ => [(TeamId, &standing.teams), (TeamId, &standing.teams)],
    }
}

/// Reaches that are had by who leads: with them one sees the goals of single members.
const fn leads(reach: Reach) -> bool {
    matches!(reach, Reach::TeamTree | Reach::Department | Reach::Region)
}

impl Scoped for goal::Entity {
    const READ: Permission = Permission::GoalRead;
    type Facts = GoalFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use goal::Column;
        if matches!(reach, Reach::All | Reach::Organisation) {
            return (reach == Reach::All).then(Condition::all);
        }
        let ids = |set: &BTreeSet<Uuid>| set.iter().copied().collect::<Vec<_>>();
        let mut any = Condition::any()
            .add(Column::Population.eq(GoalPopulation::Company))
            .add(Column::DepartmentId.is_in(ids(&standing.departments)))
            .add(Column::RegionId.is_in(ids(&standing.regions)))
            .add(Column::TeamId.is_in(ids(&standing.teams)));
        if reach == Reach::Own {
            return Some(
                any.add_option(standing.member_id.map(|id| Column::MemberId.eq(id)))
                    .add_option(standing.member_id.map(|id| Column::OwnerId.eq(id)))
                    .add_option(standing.principal_id.map(|id| Column::CreatedBy.eq(id))),
            );
        }
        for (column, set) in places(reach, standing) {
            any = any.add(column.is_in(ids(set)));
        }
        let members = leads(reach).then(|| placed_in(reach, standing)).flatten();
        Some(any.add_option(members.map(|members| Column::MemberId.in_subquery(members))))
    }

    fn within(facts: &GoalFacts, reach: Reach, standing: &Standing) -> bool {
        let row = &facts.goal;
        if matches!(reach, Reach::All | Reach::Organisation) {
            return reach == Reach::All;
        }
        let among = |id: Option<Uuid>, set: &BTreeSet<Uuid>| id.is_some_and(|id| set.contains(&id));
        let common = row.population == GoalPopulation::Company
            || among(row.department_id, &standing.departments)
            || among(row.region_id, &standing.regions)
            || among(row.team_id, &standing.teams);
        let more = match reach {
            Reach::Own => {
                standing
                    .member_id
                    .is_some_and(|me| row.member_id == Some(me) || row.owner_id == me)
                    || standing.principal_id == Some(row.created_by)
            }
            Reach::TeamTree => among(row.team_id, &standing.team_tree),
            Reach::Department => among(row.team_id, &standing.department_teams),
            Reach::Region => among(row.team_id, &standing.region_teams),
            _ => false,
        };
        let member = row.member_id.is_some()
            && leads(reach)
            && is_placed_in(&facts.assignments, reach, standing);
        common || more || member
    }
}

/// An alert follows its goal.
impl Scoped for goal_alert::Entity {
    const READ: Permission = Permission::GoalRead;
    type Facts = GoalFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let goals = goal::Entity::condition(reach, standing)?;
        let keys = goal::Entity::find()
            .select_only()
            .column(goal::Column::Id)
            .filter(goals)
            .into_query();
        Some(Condition::all().add(goal_alert::Column::GoalId.in_subquery(keys)))
    }

    fn within(facts: &GoalFacts, reach: Reach, standing: &Standing) -> bool {
        goal::Entity::within(facts, reach, standing)
    }
}

/// May the viewer set goals for this part of the company? Seeing a goal is less: everybody sees the company's, and only
/// who reaches all sets them. Of members the store decides, by the member's row.
#[must_use]
pub fn may_set(viewer: &Viewer, population: Population) -> bool {
    let standing = &viewer.standing;
    viewer
        .grants
        .reaches(Permission::GoalManage)
        .any(|reach| match (reach, population) {
            (Reach::All, _) => true,
            (Reach::Team, Population::Team(id)) => standing.teams.contains(&id),
            (Reach::TeamTree, Population::Team(id)) => standing.team_tree.contains(&id),
            (Reach::Department, Population::Team(id)) => standing.department_teams.contains(&id),
            (Reach::Department, Population::Department(id)) => standing.departments.contains(&id),
            (Reach::Region, Population::Team(id)) => standing.region_teams.contains(&id),
            (Reach::Region, Population::Region(id)) => standing.regions.contains(&id),
            _ => false,
        })
}
