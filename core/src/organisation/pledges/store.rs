//! Rows of pledges.

use chrono::{DateTime, NaiveDate, Utc};
use entity::team_pledge;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;
use crate::error::Result;

/// The pledges of a team, the latest first.
pub struct TeamsPledges;

impl Link for TeamsPledges {
    type Child = team_pledge::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (team_pledge::Column::Id, team_pledge::Column::TeamId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(team_pledge::Column::FromDay),
            Sort::descending(team_pledge::Column::Id),
        ]
    }
}

/// A pledge of a team that shares a day with that period.
///
/// # Errors
/// When the database fails.
pub async fn overlapping(
    connection: &impl ConnectionTrait,
    team: Uuid,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Option<team_pledge::Model>> {
    Ok(team_pledge::Entity::find()
        .filter(team_pledge::Column::TeamId.eq(team))
        .filter(team_pledge::Column::FromDay.lt(until))
        .filter(team_pledge::Column::UntilDay.gt(from))
        .one(connection)
        .await?)
}

/// Writes a pledge.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: team_pledge::Model) -> Result<()> {
    team_pledge::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a pledge as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: team_pledge::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}
