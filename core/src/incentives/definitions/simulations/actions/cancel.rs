//! Calling a simulation off (取消模拟).

use entity::enums::IncentiveSimulationState::{Cancelled, Queued, Running};
use entity::incentive_simulation;
use serde_json::json;
use uuid::Uuid;

use super::trace;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::store;
use crate::work::Work;

/// Calls off a simulation that hasn't ended and returns its id. Its version counts the pages that are done, so none is asked for.
///
/// # Errors
/// A user error when it has ended; refusals of permission and reach.
pub async fn simulation_cancel(app: &App, call: &Call, id: Uuid) -> Result<Uuid> {
    let permission = Permission::IncentiveRuleWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (tx, viewer) = (work.tx(), &call.viewer);
    let row = to_change::<incentive_simulation::Entity>(tx, viewer, permission, id);
    let row = row.await?;
    if !matches!(row.state, Queued | Running) {
        let text = Text::new("This simulation has ended.", "该模拟已结束。");
        return Err(UserError::new(UserErrorCode::WrongState, "input.id", text).into());
    }
    let row = incentive_simulation::Model {
        state: Cancelled,
        cursor: None,
        ended_at: Some(call.at),
        ..row
    };
    store::drop_parts_of(work.tx(), id).await?;
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "incentive.simulation.cancel", json!({}));
    work.commit().await?;
    Ok(id)
}
