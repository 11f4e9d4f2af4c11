//! Which periods are decided, and from what.

use chrono::NaiveDate;
use entity::enums::{IncentivePeriod, IncentiveRunState};
use entity::incentive_run;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
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

/// The first day of the first period of a kind for which there is a run, whatever became of it, among those that begin before `to`, not
/// before `from`, and whose last month isn't locked, where the first `open` day is; none when there is none. One statement.
///
/// # Errors
/// When the database fails.
pub async fn first_begun(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
    (from, to): (Option<NaiveDate>, NaiveDate),
    open: Option<NaiveDate>,
) -> Result<Option<NaiveDate>> {
    use incentive_run::Column::{FromDay, Period, UntilDay};
    let late = Condition::all()
        .add_option(from.map(|from| FromDay.gte(from)))
        .add_option(open.map(|open| UntilDay.gt(open)));
    Ok(incentive_run::Entity::find()
        .select_only()
        .column(FromDay)
        .filter(Period.eq(period))
        .filter(FromDay.lt(to))
        .filter(late)
        .order_by_asc(FromDay)
        .into_tuple()
        .one(connection)
        .await?)
}

/// A period for which a run was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub until: NaiveDate,
    /// Where its figures are frozen.
    pub snapshot: Option<Uuid>,
}

/// The periods of a kind for which a run was approved and that were over on a day, the first one first. One statement.
///
/// # Errors
/// When the database fails.
pub async fn approved_before(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
    day: NaiveDate,
) -> Result<Vec<Decided>> {
    use incentive_run::Column::{FromDay, Period, SnapshotId, State, UntilDay};
    let rows: Vec<(NaiveDate, NaiveDate, Option<Uuid>)> = incentive_run::Entity::find()
        .select_only()
        .columns([FromDay, UntilDay, SnapshotId])
        .filter(Period.eq(period))
        .filter(State.eq(IncentiveRunState::Approved))
        .filter(UntilDay.lte(day))
        .order_by_asc(FromDay)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(from, until, snapshot)| Decided {
            from,
            until,
            snapshot,
        })
        .collect())
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
