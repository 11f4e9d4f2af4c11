//! Money that was recorded after its period had been worked out: the next period of that kind takes it with it (补录回款).
//!
//! Each run takes what was recorded after the figures of the one before were frozen, and periods are approved in their order, so that
//! every payment is looked at exactly once.

use entity::incentive_run;
use sea_orm::ConnectionTrait;

use crate::customers::Late;
use crate::error::Result;
use crate::incentives::runs::store;
use crate::metrics::snapshots;

/// What a run takes with it as things stand: money of the periods of its kind that are approved, from the first one to the last one
/// before it, recorded after the last one's figures were frozen. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn late_now(
    connection: &impl ConnectionTrait,
    run: &incentive_run::Model,
) -> Result<Option<Late>> {
    let approved = store::approved_before(connection, run.period, run.from_day).await?;
    let (Some(first), Some(last)) = (approved.first(), approved.last()) else {
        return Ok(None);
    };
    let Some(snapshot) = last.snapshot else {
        return Ok(None);
    };
    Ok(Some(Late {
        from: first.from,
        before: last.until,
        since: snapshots::frozen_at(connection, snapshot).await?,
    }))
}

/// What a run takes with it, as it was noted when its figures were frozen.
///
/// # Errors
/// When the row doesn't hold what it should.
pub fn late_of(run: &incentive_run::Model) -> Result<Option<Late>> {
    let late = run.late.clone();
    Ok(late.map(serde_json::from_value).transpose()?)
}
