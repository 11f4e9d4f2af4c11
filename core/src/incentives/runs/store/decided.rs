//! Which periods are decided, and from what.

use chrono::NaiveDate;
use entity::enums::{IncentivePeriod, IncentiveRunState};
use entity::incentive_run;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::error::Result;

/// The first day after the last period of a kind for which a run was approved; none while there is none. One statement.
///
/// # Errors
/// When the database fails.
pub async fn approved_until(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
) -> Result<Option<NaiveDate>> {
    Ok(incentive_run::Entity::find()
        .filter(incentive_run::Column::Period.eq(period))
        .filter(incentive_run::Column::State.eq(IncentiveRunState::Approved))
        .order_by_desc(incentive_run::Column::UntilDay)
        .one(connection)
        .await?
        .map(|row| row.until_day))
}

/// The snapshot that the approved run of a period reads from; none where there is none. One statement.
///
/// # Errors
/// When the database fails.
pub async fn snapshot_of(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
    from: NaiveDate,
) -> Result<Option<Uuid>> {
    Ok(incentive_run::Entity::find()
        .filter(incentive_run::Column::Period.eq(period))
        .filter(incentive_run::Column::FromDay.eq(from))
        .filter(incentive_run::Column::State.eq(IncentiveRunState::Approved))
        .order_by_desc(incentive_run::Column::Attempt)
        .one(connection)
        .await?
        .and_then(|row| row.snapshot_id))
}
