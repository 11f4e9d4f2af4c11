//! Circles (范围): the company, a department, or a team with all teams below it - for whom something holds, and who is in
//! one on a day.
//!
//! A member is in a department through a team of it too, as everywhere else.

mod store;

use std::collections::{BTreeSet, HashMap};

use entity::enums::CircleKind;
use entity::{assignment, team};
use serde::Serialize;
use uuid::Uuid;

use super::rules::{below, own_department};
use crate::access::Standing;

pub use store::members_of_circles;

/// For whom something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Circle {
    /// Everybody who works here.
    Company,
    /// The members of a department and of its teams.
    Department(Uuid),
    /// The members of a team and of all teams below it.
    Team(Uuid),
}

impl Circle {
    /// The circle that a row names. A row that names none has nobody in it but the nil team.
    #[must_use]
    pub fn of(kind: CircleKind, department: Option<Uuid>, team: Option<Uuid>) -> Self {
        match kind {
            CircleKind::Company => Self::Company,
            CircleKind::Department => Self::Department(department.unwrap_or(Uuid::nil())),
            CircleKind::Team => Self::Team(team.unwrap_or(Uuid::nil())),
        }
    }

    /// The three columns of a row.
    #[must_use]
    pub const fn columns(self) -> (CircleKind, Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Company => (CircleKind::Company, None, None),
            Self::Department(id) => (CircleKind::Department, Some(id), None),
            Self::Team(id) => (CircleKind::Team, None, Some(id)),
        }
    }

    /// Is a member of this standing in it?
    #[must_use]
    pub fn has(self, standing: &Standing) -> bool {
        match self {
            Self::Company => standing.member_id.is_some(),
            Self::Department(id) => standing.departments.contains(&id),
            Self::Team(id) => standing.team_line.contains(&id),
        }
    }
}

/// Who of those at work is in each circle, given the assignments and teams of the day.
#[must_use]
pub fn members_in(
    circles: &[Circle],
    at_work: &BTreeSet<Uuid>,
    assignments: &[assignment::Model],
    teams: &[team::Model],
) -> HashMap<Circle, BTreeSet<Uuid>> {
    let departments: HashMap<Uuid, Uuid> = teams
        .iter()
        .map(|team| (team.id, team.department_id))
        .collect();
    let department_of = |row: &assignment::Model| {
        let through = row.team_id.and_then(|id| departments.get(&id).copied());
        [own_department(row), through]
    };
    let placed = |wanted: &dyn Fn(&assignment::Model) -> bool| -> BTreeSet<Uuid> {
        assignments
            .iter()
            .filter(|row| at_work.contains(&row.member_id) && wanted(row))
            .map(|row| row.member_id)
            .collect()
    };
    let members = |circle: &Circle| match *circle {
        Circle::Company => at_work.clone(),
        Circle::Department(id) => placed(&|row| department_of(row).contains(&Some(id))),
        Circle::Team(id) => {
            let teams = below(&[id].into(), teams);
            placed(&|row| row.team_id.is_some_and(|id| teams.contains(&id)))
        }
    };
    circles
        .iter()
        .map(|circle| (*circle, members(circle)))
        .collect()
}
