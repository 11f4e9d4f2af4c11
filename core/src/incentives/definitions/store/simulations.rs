//! Simulations and what their batches came to.

use chrono::{DateTime, Utc};
use entity::enums::IncentiveSimulationState::{Queued, Running};
use entity::{incentive_simulation, incentive_simulation_part};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::insert;
use crate::error::{ApiError, Result};
use crate::settings::{self, METRICS_MINIMUM_GROUP};

/// The fewest people of whose figures something is shown: of two, each would know the other's from the sum.
const FEWEST: i64 = 3;

/// The number of the part that is a period as a whole.
pub const WHOLE: i32 = -1;
/// The number of the part that is what later periods have to know of a period.
pub const TOTALS: i32 = -3;
/// The number of the part that is what came out at the end.
pub const RESULT: i32 = -2;

/// What a simulation came to; none before it has ended.
///
/// # Errors
/// When the database fails.
pub async fn result_of(
    connection: &impl ConnectionTrait,
    simulation: Uuid,
) -> Result<Option<serde_json::Value>> {
    part_of(connection, simulation, 0, RESULT).await
}

/// A simulation, as it is now.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn simulation(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<incentive_simulation::Model> {
    let row = incentive_simulation::Entity::find_by_id(id)
        .one(connection)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// What was asked for since a moment.
///
/// # Errors
/// When the database fails.
pub async fn asked_since(
    connection: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<serde_json::Value>> {
    use incentive_simulation::Column::{CreatedAt, Request};
    Ok(incentive_simulation::Entity::find()
        .select_only()
        .column(Request)
        .filter(CreatedAt.gt(since))
        .into_tuple()
        .all(connection)
        .await?)
}

/// The simulations that the worker has to go on with, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn unfinished(connection: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    Ok(incentive_simulation::Entity::find()
        .select_only()
        .column(incentive_simulation::Column::Id)
        .filter(incentive_simulation::Column::State.is_in([Queued, Running]))
        .order_by_asc(incentive_simulation::Column::Id)
        .into_tuple()
        .all(connection)
        .await?)
}

/// A simulation, locked.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn held(tx: &impl ConnectionTrait, id: Uuid) -> Result<incentive_simulation::Model> {
    let row = incentive_simulation::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// Writes what a batch came to.
///
/// # Errors
/// When the database fails.
pub async fn add_part(
    tx: &impl ConnectionTrait,
    row: incentive_simulation_part::Model,
) -> Result<()> {
    insert(tx, row).await
}

/// A part of a simulation: a page of a period by its number, or [`WHOLE`], [`TOTALS`] or [`RESULT`]. They are large: none is read
/// beside another.
///
/// # Errors
/// When the database fails.
pub async fn part_of(
    connection: &impl ConnectionTrait,
    simulation: Uuid,
    span: i32,
    number: i32,
) -> Result<Option<serde_json::Value>> {
    use incentive_simulation_part::Column::{Content, Number, SimulationId, Span};
    Ok(incentive_simulation_part::Entity::find()
        .select_only()
        .column(Content)
        .filter(SimulationId.eq(simulation))
        .filter(Span.eq(span))
        .filter(Number.eq(number))
        .into_tuple()
        .one(connection)
        .await?)
}

/// Takes away what the batches of a period came to, once the period as a whole is there.
///
/// # Errors
/// When the database fails.
pub async fn drop_parts(tx: &impl ConnectionTrait, simulation: Uuid, span: i32) -> Result<()> {
    use incentive_simulation_part::Column::{Number, SimulationId, Span};
    incentive_simulation_part::Entity::delete_many()
        .filter(SimulationId.eq(simulation))
        .filter(Span.eq(span))
        .filter(Number.gte(0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes away everything in between, once a simulation has ended.
///
/// # Errors
/// When the database fails.
pub async fn drop_parts_of(tx: &impl ConnectionTrait, simulation: Uuid) -> Result<()> {
    incentive_simulation_part::Entity::delete_many()
        .filter(incentive_simulation_part::Column::SimulationId.eq(simulation))
        .exec(tx)
        .await?;
    Ok(())
}

/// The fewest people of whose figures something is shown to whoever may not see their pay, as things stand.
pub async fn least_group(connection: &impl ConnectionTrait) -> Result<i64> {
    let least = settings::read(connection, &METRICS_MINIMUM_GROUP).await?;
    Ok(least.max(FEWEST))
}
