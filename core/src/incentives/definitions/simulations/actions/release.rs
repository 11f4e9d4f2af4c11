//! Releasing what a simulation came to (公开模拟结果).

use entity::enums::IncentiveSimulationState::Done;
use entity::incentive_simulation;
use serde_json::json;
use uuid::Uuid;

use super::trace;
use crate::access::{Call, Permission, Scoped, to_change};
use crate::app::App;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::store;
use crate::incentives::sees_all_pay;
use crate::work::Work;

/// Releases what a simulation came to for those who may not see what everybody is paid, and returns its id. From now on they see it as
/// [`super::Eyes::Released`] shows it.
///
/// # Errors
/// A user error when it isn't done, or is released already; refusals of permission and reach.
pub async fn simulation_release(app: &App, call: &Call, id: Uuid) -> Result<Uuid> {
    let pay = Permission::MemberPayRead;
    call.viewer.require(pay)?;
    if !sees_all_pay(&call.viewer) {
        return Err(call.viewer.reach_too_small(pay).into());
    }
    let mut work = Work::begin(&app.db, call).await?;
    let read = <incentive_simulation::Entity as Scoped>::READ;
    let row = to_change::<incentive_simulation::Entity>(work.tx(), &call.viewer, read, id).await?;
    if row.state != Done {
        return Err(wrong_state(
            "There is nothing to release: this simulation has no result.",
            "该模拟没有结果，无法公开。",
        ));
    }
    if row.released_at.is_some() {
        return Err(wrong_state(
            "This simulation is released already.",
            "该模拟结果已公开。",
        ));
    }
    let group = store::least_group(work.tx()).await?;
    let row = incentive_simulation::Model {
        released_at: Some(call.at),
        released_by_name: Some(call.viewer.actor.name.clone()),
        released_group: Some(i32::try_from(group).unwrap_or(i32::MAX)),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "group": group });
    trace(&mut work, id, "incentive.simulation.release", detail);
    work.commit().await?;
    Ok(id)
}

fn wrong_state(en: &'static str, zh: &'static str) -> Error {
    UserError::new(UserErrorCode::WrongState, "input.id", Text::new(en, zh)).into()
}
