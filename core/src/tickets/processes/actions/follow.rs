//! What a change of a ticket means for its process: the version it follows, the step it is in, the stays and their
//! clocks.

use std::collections::BTreeSet;

use entity::{process_step, ticket};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::tickets::actions::{Turn, record::Change};
use crate::tickets::processes::store;
use crate::tickets::rules::stages::ended;
use crate::tickets::sla;
use crate::work::Work;

/// Keeps the ticket's step, its stays and their clocks up with a change.
///
/// # Errors
/// When the database fails.
pub async fn follow(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    let Some(was) = turn.was else {
        return begin(work, turn).await;
    };
    if was.kind != turn.now.kind && !ended(turn.now.state) {
        return change_kind(work, turn).await;
    }
    if turn.now.process_version_id.is_none() {
        return Ok(());
    }
    match (ended(was.state), ended(turn.now.state)) {
        (false, true) => leave(work, turn).await,
        (true, false) => enter_stage(work, turn).await,
        _ if was.step_id != turn.now.step_id => {
            let id = turn
                .now
                .step_id
                .ok_or_else(|| Error::internal("a ticket has lost its step"))?;
            let step = store::steps_by_id(work.tx(), &BTreeSet::from([id]))
                .await?
                .remove(&id)
                .ok_or_else(|| Error::internal("a ticket in a step that isn't there"))?;
            enter(work, turn, step).await
        }
        _ if was.stage != turn.now.stage => enter_stage(work, turn).await,
        _ => Ok(()),
    }
}

/// A new ticket follows the published version of its kind, if there is one.
async fn begin(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    if let Some(version) = store::published_of_kind(work.tx(), turn.now.kind).await? {
        turn.now.process_version_id = Some(version.id);
        enter_stage(work, turn).await?;
    }
    Ok(())
}

/// A ticket of another kind follows that kind's process from its present stage on, if one is published.
async fn change_kind(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    leave(work, turn).await?;
    (turn.now.process_version_id, turn.now.step_id) = (None, None);
    begin(work, turn).await
}

/// Into the first step of the ticket's stage.
async fn enter_stage(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    let Some(version) = turn.now.process_version_id else {
        return Ok(());
    };
    let stage = turn.now.stage;
    let step = store::steps(work.tx(), version)
        .await?
        .into_iter()
        .find(|step| step.stage == stage)
        .ok_or_else(|| Error::internal("a published process without a step in a stage"))?;
    enter(work, turn, step).await
}

async fn enter(work: &mut Work<'_>, turn: &mut Turn<'_>, step: process_step::Model) -> Result<()> {
    leave(work, turn).await?;
    let at = work.call().at;
    let stay = store::enter(work.tx(), turn.now.id, step.id, at).await?;
    turn.now.step_id = Some(step.id);
    match step.limit_seconds {
        Some(limit) => sla::actions::start_step(work, turn, stay.id, limit).await,
        None => Ok(()),
    }
}

async fn leave(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    let at = work.call().at;
    match store::leave(work.tx(), turn.now.id, at).await? {
        Some(stay) => sla::actions::stop_step(work, turn, stay.id).await,
        None => Ok(()),
    }
}

/// The row of history for a change of step, by the codes of the steps; for staff only.
///
/// # Errors
/// When the database fails.
pub(in crate::tickets) async fn step_change(
    work: &Work<'_>,
    was: Option<&ticket::Model>,
    now: &ticket::Model,
) -> Result<Option<Change>> {
    let before = was.and_then(|was| was.step_id);
    if before == now.step_id {
        return Ok(None);
    }
    let ids: BTreeSet<_> = before.into_iter().chain(now.step_id).collect();
    let steps = store::steps_by_id(work.tx(), &ids).await?;
    let code = |id: Option<_>| {
        id.and_then(|id| steps.get(&id))
            .map_or(Value::Null, |step| step.code.clone().into())
    };
    Ok(Some(Change::internal(
        "step",
        code(before),
        code(now.step_id),
    )))
}
