use chrono::NaiveDate;
use entity::enums::{ReorganisationState, ReorganisationStep};
use entity::{
    position_version, reorganisation, reorganisation_change, structure_name, task_force,
    team_place, team_pledge,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Data, Table, days_ago, key, long_ago, start, write};

/// The structure over time: moves, names, what is expected of positions, task forces, slogans.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    pub places: Vec<team_place::Model>,
    pub names: Vec<structure_name::Model>,
    pub versions: Vec<position_version::Model>,
    pub forces: Vec<task_force::Model>,
    pub pledges: Vec<team_pledge::Model>,
    pub plans: Vec<reorganisation::Model>,
    pub changes: Vec<reorganisation_change::Model>,
}

impl Structure {
    pub(super) async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.places).await;
        write(tx, &self.names).await;
        write(tx, &self.versions).await;
        write(tx, &self.forces).await;
        write(tx, &self.pledges).await;
        write(tx, &self.plans).await;
        write(tx, &self.changes).await;
    }
}

impl Data {
    /// A move of a team to another department, told for a day to come.
    pub fn team_move(&mut self, n: usize, team_id: Uuid, department_id: Uuid, on: NaiveDate) {
        self.structure.places.push(team_place::Model {
            id: key(Table::TeamPlace, n),
            team_id,
            move_id: key(Table::TeamPlace, n),
            department_id,
            parent_id: None,
            region_id: None,
            valid_from: on,
            valid_to: None,
            created_at: start(),
        });
    }

    /// What a team was called until a hundred days ago.
    pub fn former_name(&mut self, n: usize, team_id: Uuid) {
        self.structure.names.push(structure_name::Model {
            id: key(Table::StructureName, n),
            department_id: None,
            team_id: Some(team_id),
            position_id: None,
            name: "Former".to_owned(),
            name_zh: "原名".to_owned(),
            valid_from: long_ago(),
            valid_to: Some(days_ago(100)),
            created_at: start(),
        });
    }

    /// What is expected of a position.
    pub fn expected(&mut self, n: usize, position_id: Uuid, duties: &str) {
        self.structure.versions.push(position_version::Model {
            id: key(Table::PositionVersion, n),
            position_id,
            number: 1,
            duties: duties.to_owned(),
            duties_zh: "带领团队。".to_owned(),
            goals: "All in time.".to_owned(),
            goals_zh: "全部及时。".to_owned(),
            standards: "Nobody asks twice.".to_owned(),
            standards_zh: "无人追问。".to_owned(),
            valid_from: long_ago(),
            note: None,
            created_by: None,
            created_at: start(),
        });
    }

    /// A task force that works as a team.
    pub fn task_force(&mut self, n: usize, team_id: Uuid, lead_id: Uuid) {
        self.structure.forces.push(task_force::Model {
            id: key(Table::TaskForce, n),
            team_id,
            goal: "All claims settled.".to_owned(),
            lead_id,
            planned_end: days_ago(-30),
            dissolved_on: None,
            result: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// What a team stands for in this quarter.
    pub fn pledge(&mut self, n: usize, team_id: Uuid) {
        self.structure.pledges.push(team_pledge::Model {
            id: key(Table::Pledge, n),
            team_id,
            from_day: days_ago(60),
            until_day: days_ago(-30),
            slogan: "One call, one answer.".to_owned(),
            does: "We answer every call.".to_owned(),
            finishes: "No ticket is left over at night.".to_owned(),
            gets: "Thanks, and an early evening.".to_owned(),
            created_by: key(Table::User, 1),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// A draft by which a member is to move to another team.
    pub fn plan(&mut self, n: usize, member_id: Uuid, team_id: Uuid) {
        let id = key(Table::Reorganisation, n);
        self.structure.plans.push(reorganisation::Model {
            id,
            title: "Shorter ways".to_owned(),
            reason: "They work together anyway.".to_owned(),
            takes_effect_on: days_ago(-20),
            state: ReorganisationState::Draft,
            approved_by: None,
            approved_at: None,
            applied_at: None,
            ended_reason: None,
            created_by: key(Table::User, 1),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.structure.changes.push(reorganisation_change::Model {
            id: key(Table::ReorganisationChange, n),
            reorganisation_id: id,
            place: 1,
            step: ReorganisationStep::MoveMember,
            member_id: Some(member_id),
            team_id: Some(team_id),
            department_id: None,
            parent_id: None,
            position_id: None,
            code: None,
            name: None,
            name_zh: None,
            role: Some("service".to_owned()),
        });
    }
}
