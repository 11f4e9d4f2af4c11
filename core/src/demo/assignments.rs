//! The matrix: a home for every stay, a region where the seat serves one, and the task forces.

use entity::assignment;
use entity::enums::AssignmentKind;

use super::calendar::at_hour;
use super::organisation::{Organisation, leads};
use super::people::{People, Stay};
use super::random::Chance;

/// Share of the working time that a region takes.
const REGIONAL_PERCENT: i32 = 30;
/// Share of the working time that a task force takes.
const PROJECT_PERCENT: i32 = 20;

/// The assignments that follow from who sat where.
#[must_use]
pub fn generate(
    seed: u64,
    organisation: &Organisation,
    people: &People,
    projects: &[(usize, Stay)],
) -> Vec<assignment::Model> {
    let mut rows = Vec::new();
    for stay in &people.stays {
        let seat = &people.seats[stay.seat];
        let position = organisation.position(seat.position);
        let in_project = projects
            .iter()
            .any(|(_, project)| project.member == stay.member && project.to.is_none());
        let mut home = 100;
        if seat.region.is_some() {
            home -= REGIONAL_PERCENT;
        }
        if in_project {
            home -= PROJECT_PERCENT;
        }
        let team = seat
            .team
            .as_ref()
            .map(|code| organisation.teams[organisation.team(code)].id);
        rows.push(assignment::Model {
            department_id: Some(organisation.department(seat.department).id),
            team_id: team,
            position_id: Some(position.id),
            ..row(
                seed,
                rows.len(),
                people,
                stay,
                AssignmentKind::Home,
                &position.name_zh,
                home,
            )
        });
        if let Some(region) = seat.region {
            let role = if seat.position == "FSS" {
                "区域技术负责人"
            } else {
                "区域服务成员"
            };
            rows.push(assignment::Model {
                region_id: Some(organisation.regions[region].id),
                ..row(
                    seed,
                    rows.len(),
                    people,
                    stay,
                    AssignmentKind::Regional,
                    role,
                    REGIONAL_PERCENT,
                )
            });
        }
    }
    for (team, stay) in projects {
        let seat = &people.seats[stay.seat];
        let role = if leads(seat.position) || seat.position == "ACD" {
            "专项组长"
        } else {
            "专项成员"
        };
        rows.push(assignment::Model {
            team_id: Some(organisation.teams[*team].id),
            ..row(
                seed,
                rows.len(),
                people,
                stay,
                AssignmentKind::Project,
                role,
                PROJECT_PERCENT,
            )
        });
    }
    rows
}

fn row(
    seed: u64,
    index: usize,
    people: &People,
    stay: &Stay,
    kind: AssignmentKind,
    role: &str,
    percent: i32,
) -> assignment::Model {
    let created_at = at_hour(stay.from, 9);
    assignment::Model {
        id: Chance::of(seed, "assignment", u64::try_from(index).unwrap_or(0)).id(created_at),
        member_id: people.members[stay.member].id,
        kind,
        department_id: None,
        team_id: None,
        region_id: None,
        position_id: None,
        role: role.to_owned(),
        percent,
        valid_from: stay.from,
        valid_to: stay.to,
        version: if stay.to.is_some() { 2 } else { 1 },
        created_at,
        updated_at: stay.to.map_or(created_at, |day| at_hour(day, 9)),
    }
}
