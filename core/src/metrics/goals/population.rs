//! Whose figures a goal is about (目标范围).

use entity::enums::GoalPopulation;
use entity::goal;
use serde::Serialize;
use uuid::Uuid;

/// The company or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Population {
    /// Everybody.
    Company,
    /// A department.
    Department(Uuid),
    /// A region.
    Region(Uuid),
    /// A team.
    Team(Uuid),
    /// A member.
    Member(Uuid),
}

impl Population {
    /// That of a goal; none when the row names no part, which a check of the table rules out.
    #[must_use]
    pub fn of(row: &goal::Model) -> Option<Self> {
        match row.population {
            GoalPopulation::Company => Some(Self::Company),
            GoalPopulation::Department => row.department_id.map(Self::Department),
            GoalPopulation::Region => row.region_id.map(Self::Region),
            GoalPopulation::Team => row.team_id.map(Self::Team),
            GoalPopulation::Member => row.member_id.map(Self::Member),
        }
    }

    /// What kind it is.
    #[must_use]
    pub const fn kind(self) -> GoalPopulation {
        match self {
            Self::Company => GoalPopulation::Company,
            Self::Department(_) => GoalPopulation::Department,
            Self::Region(_) => GoalPopulation::Region,
            Self::Team(_) => GoalPopulation::Team,
            Self::Member(_) => GoalPopulation::Member,
        }
    }

    /// Makes it that of a goal.
    pub fn put(self, row: &mut goal::Model) {
        row.population = self.kind();
        row.department_id = None;
        row.region_id = None;
        row.team_id = None;
        row.member_id = None;
        match self {
            Self::Company => {}
            Self::Department(id) => row.department_id = Some(id),
            Self::Region(id) => row.region_id = Some(id),
            Self::Team(id) => row.team_id = Some(id),
            Self::Member(id) => row.member_id = Some(id),
        }
    }
}
