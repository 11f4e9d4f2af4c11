//! Who leads a member.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::{AssignmentKind, JobFamily};
use entity::{assignment, position, team};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::error::Result;
use crate::organisation::scope::holding_on;
use crate::organisation::structure::store::teams_on;

/// Whoever leads a member on a day: somebody who holds a position of the family of management in the member's home team,
/// else in the next team above it that has one, else in the department itself. None when there is nobody, and nobody
/// leads themselves.
///
/// # Errors
/// When the database fails.
pub async fn lead_of(
    connection: &impl ConnectionTrait,
    member_id: Uuid,
    day: NaiveDate,
) -> Result<Option<Uuid>> {
    Ok(leads_of(connection, &[member_id], day)
        .await?
        .remove(&member_id))
}

/// The same for many members at once, by member; three statements at most.
///
/// # Errors
/// When the database fails.
pub async fn leads_of(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Uuid>> {
    let today = || {
        holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        )
    };
    let homes = assignment::Entity::find()
        .filter(assignment::Column::MemberId.is_in(members.iter().copied()))
        .filter(assignment::Column::Kind.eq(AssignmentKind::Home))
        .filter(today())
        .all(connection)
        .await?;
    if homes.is_empty() {
        return Ok(HashMap::new());
    }
    let teams: HashMap<Uuid, team::Model> = teams_on(connection, day)
        .await?
        .into_iter()
        .map(|team| (team.id, team))
        .collect();
    let management = position::Entity::find()
        .select_only()
        .column(position::Column::Id)
        .filter(position::Column::Family.eq(JobFamily::Management))
        .into_query();
    let managers = assignment::Entity::find()
        .filter(today())
        .filter(assignment::Column::PositionId.in_subquery(management))
        .order_by_asc(assignment::Column::ValidFrom)
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?;
    let lead = |home: assignment::Model| {
        let department = match home.team_id {
            Some(id) => teams.get(&id).map(|team| team.department_id),
            None => home.department_id,
        };
        let above = upwards(home.team_id, &teams);
        let distance = |row: &assignment::Model| match row.team_id {
            Some(team) => above.iter().position(|other| *other == team),
            None => {
                (department.is_some() && row.department_id == department).then_some(above.len())
            }
        };
        let nearest = managers
            .iter()
            .filter(|row| row.member_id != home.member_id)
            .filter_map(|row| Some((distance(row)?, row.member_id)))
            .min_by_key(|(distance, _)| *distance);
        nearest.map(|(_, lead)| (home.member_id, lead))
    };
    Ok(homes.into_iter().filter_map(lead).collect())
}

/// A team and those above it, the nearest first.
fn upwards(from: Option<Uuid>, teams: &HashMap<Uuid, team::Model>) -> Vec<Uuid> {
    let mut chain = Vec::new();
    let mut next = from;
    while let Some(row) = next.and_then(|id| teams.get(&id)) {
        if chain.contains(&row.id) {
            break;
        }
        chain.push(row.id);
        next = row.parent_id;
    }
    chain
}
