use chrono::NaiveDate;
use entity::enums::{AssignmentKind, JobFamily, Province};
use entity::{assignment, department, member, position, region, region_province, team};
use uuid::Uuid;

use super::{Data, Table, key, long_ago, start};

impl Data {
    /// A department; `n` is its number in this organisation.
    pub fn department(&mut self, n: usize, name: &str) -> Uuid {
        let id = key(Table::Department, n);
        self.departments.push(department::Model {
            id,
            code: format!("D{n}"),
            name: name.to_owned(),
            name_zh: format!("部门{n}"),
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A region with its provinces of today.
    pub fn region(&mut self, n: usize, name: &str, provinces: &[Province]) -> Uuid {
        let id = key(Table::Region, n);
        self.regions.push(region::Model {
            id,
            code: format!("R{n}"),
            name: name.to_owned(),
            name_zh: format!("区域{n}"),
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        for province in provinces {
            self.region_province(id, *province, long_ago(), None);
        }
        id
    }

    /// A province of a region for a while.
    pub fn region_province(
        &mut self,
        region_id: Uuid,
        province: Province,
        valid_from: NaiveDate,
        valid_to: Option<NaiveDate>,
    ) {
        self.region_provinces.push(region_province::Model {
            id: key(Table::RegionProvince, self.region_provinces.len()),
            region_id,
            province,
            valid_from,
            valid_to,
        });
    }

    /// A team.
    pub fn team(
        &mut self,
        n: usize,
        department_id: Uuid,
        parent_id: Option<Uuid>,
        region_id: Option<Uuid>,
    ) -> Uuid {
        let id = key(Table::Team, n);
        self.teams.push(team::Model {
            id,
            code: format!("T{n}"),
            name: format!("Team {n}"),
            name_zh: format!("团队{n}"),
            department_id,
            parent_id,
            region_id,
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A position.
    pub fn position(&mut self, n: usize, name: &str, family: JobFamily) -> Uuid {
        let id = key(Table::Position, n);
        self.positions.push(position::Model {
            id,
            code: format!("P{n}"),
            name: name.to_owned(),
            name_zh: format!("岗位{n}"),
            family,
            duties: "What is to be done. 职责".to_owned(),
            goals: "What is to be reached. 目标".to_owned(),
            standards: "How it is done well. 标准".to_owned(),
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A member without any assignment yet.
    pub fn member(&mut self, n: usize, name: &str) -> Uuid {
        let id = key(Table::Member, n);
        self.members.push(member::Model {
            id,
            number: format!("M{n:04}"),
            name: name.to_owned(),
            name_en: None,
            joined_on: long_ago(),
            left_on: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A home assignment for a while.
    pub fn home(
        &mut self,
        member_id: Uuid,
        department_id: Uuid,
        team_id: Option<Uuid>,
        (valid_from, valid_to): (NaiveDate, Option<NaiveDate>),
    ) {
        self.assign(assignment::Model {
            kind: AssignmentKind::Home,
            department_id: Some(department_id),
            team_id,
            percent: 60,
            valid_to,
            ..placement(member_id, valid_from)
        });
    }

    /// A regional assignment beside the home.
    pub fn regional(&mut self, member_id: Uuid, region_id: Uuid) {
        self.assign(assignment::Model {
            kind: AssignmentKind::Regional,
            region_id: Some(region_id),
            percent: 20,
            ..placement(member_id, long_ago())
        });
    }

    /// A project assignment beside the home.
    pub fn project(&mut self, member_id: Uuid, team_id: Uuid) {
        self.assign(assignment::Model {
            kind: AssignmentKind::Project,
            team_id: Some(team_id),
            percent: 20,
            ..placement(member_id, long_ago())
        });
    }

    fn assign(&mut self, row: assignment::Model) {
        let id = key(Table::Assignment, self.assignments.len());
        self.assignments.push(assignment::Model { id, ..row });
    }
}

fn placement(member_id: Uuid, valid_from: NaiveDate) -> assignment::Model {
    assignment::Model {
        id: Uuid::nil(),
        member_id,
        kind: AssignmentKind::Home,
        department_id: None,
        team_id: None,
        region_id: None,
        position_id: None,
        role: "specialist".to_owned(),
        percent: 10,
        valid_from,
        valid_to: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}
