//! Who is in a circle on a day.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{assignment, member};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Circle, members_in};
use crate::error::Result;
use crate::organisation::scope::holding_on;
use crate::organisation::structure::store::teams_on;

/// Who is in each of these circles on a day, whoever asks; three statements.
///
/// # Errors
/// When the database fails.
pub async fn members_of_circles(
    connection: &impl ConnectionTrait,
    circles: &[Circle],
    day: NaiveDate,
) -> Result<HashMap<Circle, BTreeSet<Uuid>>> {
    let left = member::Column::LeftOn;
    let at_work: Vec<Uuid> = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::JoinedOn.lte(day))
        .filter(Condition::any().add(left.is_null()).add(left.gt(day)))
        .into_tuple()
        .all(connection)
        .await?;
    let assignments = assignment::Entity::find()
        .filter(holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let teams = teams_on(connection, day).await?;
    let at_work = at_work.into_iter().collect();
    Ok(members_in(circles, &at_work, &assignments, &teams))
}
