//! Who leads a member.

use chrono::NaiveDate;
use entity::enums::{AssignmentKind, JobFamily};
use entity::{assignment, position, team};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
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
    let today = || {
        holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        )
    };
    let home = assignment::Entity::find()
        .filter(assignment::Column::MemberId.eq(member_id))
        .filter(assignment::Column::Kind.eq(AssignmentKind::Home))
        .filter(today())
        .one(connection)
        .await?;
    let Some(home) = home else {
        return Ok(None);
    };
    let teams = teams_on(connection, day).await?;
    let department = match home.team_id {
        Some(id) => teams
            .iter()
            .find(|team| team.id == id)
            .map(|team| team.department_id),
        None => home.department_id,
    };
    let above = upwards(home.team_id, &teams);
    let management = position::Entity::find()
        .select_only()
        .column(position::Column::Id)
        .filter(position::Column::Family.eq(JobFamily::Management))
        .into_query();
    let of_department = Condition::all()
        .add(assignment::Column::TeamId.is_null())
        .add(assignment::Column::DepartmentId.eq(department));
    let leads = assignment::Entity::find()
        .filter(today())
        .filter(assignment::Column::MemberId.ne(member_id))
        .filter(assignment::Column::PositionId.in_subquery(management))
        .filter(
            Condition::any()
                .add(assignment::Column::TeamId.is_in(above.iter().copied()))
                .add(of_department),
        )
        .order_by_asc(assignment::Column::ValidFrom)
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?;
    let distance = |row: &assignment::Model| {
        row.team_id
            .and_then(|team| above.iter().position(|other| *other == team))
            .unwrap_or(above.len())
    };
    Ok(leads
        .iter()
        .min_by_key(|row| distance(row))
        .map(|row| row.member_id))
}

/// A team and those above it, the nearest first.
fn upwards(from: Option<Uuid>, teams: &[team::Model]) -> Vec<Uuid> {
    let mut chain = Vec::new();
    let mut next = from;
    while let Some(row) = next.and_then(|id| teams.iter().find(|row| row.id == id)) {
        if chain.contains(&row.id) {
            break;
        }
        chain.push(row.id);
        next = row.parent_id;
    }
    chain
}
