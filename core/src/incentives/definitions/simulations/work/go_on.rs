//! The worker's round: goes on with simulations, page by page (推进模拟).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::enums::IncentiveSimulationState::{Failed, Queued, Running};
use entity::incentive_simulation;
use serde_json::json;
use uuid::Uuid;

use super::end::{end, ended};
use super::hold::{drop_pages, holding};
use super::load::{loaded, part};
use super::page::{Asked, page};
use crate::access::Call;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::incentives::definitions::simulations::actions::{emit, trace};
use crate::incentives::definitions::simulations::plan::{Cursor, Plan, stages};
use crate::incentives::definitions::store;
use crate::metrics::counting::Counter;
use crate::work::Work;

/// Pages of one simulation in a row, before others have their turn.
const TURN: usize = 200;

/// Goes on with every simulation that hasn't ended; says how many pages were done. Each page is a transaction of its own that moves
/// the cursor, so a round can be cut off and repeated anywhere.
///
/// # Errors
/// When the simulations can't be read. One's failure ends it, with the cause.
pub async fn round(db: &Db, counter: &Counter, at: DateTime<Utc>) -> Result<usize> {
    let call = Call::system(at, "incentives");
    let mut done = 0;
    for id in store::unfinished(db.reader()).await? {
        for _ in 0..TURN {
            match one_page(db, counter, at, id).await {
                Ok(true) => done += 1,
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(simulation = %id, %error, "a simulation couldn't be computed");
                    fail(db, &call, id, &error).await?;
                    break;
                }
            }
        }
    }
    Ok(done)
}

/// The next page of a simulation, in a transaction of its own that begins when the page is worked out; says whether there was one.
///
/// # Errors
/// When it can't be computed; when the database fails.
pub async fn one_page(db: &Db, counter: &Counter, at: DateTime<Utc>, id: Uuid) -> Result<bool> {
    let call = &Call::system(at, "incentives");
    let row = store::simulation(db.reader(), id).await?;
    if !matches!(row.state, Queued | Running) {
        return Ok(false);
    }
    match next_page(db, counter, call, &row).await {
        // What another process has put together, or somebody has called off, isn't there to be read any more.
        Err(_) if store::simulation(db.reader(), id).await?.version != row.version => Ok(true),
        done => done.map(|()| true),
    }
}

async fn next_page(
    db: &Db,
    counter: &Counter,
    call: &Call,
    row: &incentive_simulation::Model,
) -> Result<()> {
    let (reader, id) = (db.reader(), row.id);
    let plan: Plan = serde_json::from_value(row.request.clone())?;
    let cursor: Cursor = match &row.cursor {
        Some(cursor) => serde_json::from_value(cursor.clone())?,
        None => Cursor::default(),
    };
    let rules = Arc::new(loaded(reader, counter, &plan).await?);
    let Some(span) = plan.spans.get(cursor.span).copied() else {
        let outcome = ended(reader, counter, (id, &plan), &rules).await?;
        return match unchanged(db, call, row).await? {
            Some((work, row)) => end(work, (row, plan), &outcome).await,
            None => Ok(()),
        };
    };
    let stages = stages(&rules);
    let (next, parts) = match stages.get(cursor.stage) {
        Some(stage) => {
            let asked = Asked {
                counter,
                rules: &rules,
                period: row.period,
                span,
            };
            let (batch, after) = page(reader, &asked, stage, cursor.after).await?;
            let part = part(call, id, (cursor.span, cursor.pages), &batch)?;
            (cursor.on(after), vec![part])
        }
        None => {
            let parts = holding(reader, call, (id, &plan), &rules, &cursor).await?;
            (cursor.next_span(), parts)
        }
    };
    let Some((mut work, row)) = unchanged(db, call, row).await? else {
        return Ok(());
    };
    if next.span > cursor.span {
        drop_pages(&work, id, cursor.span).await?;
        emit(&mut work, id, "incentive.simulation.progress");
    }
    for part in parts {
        store::add_part(work.tx(), part).await?;
    }
    let row = incentive_simulation::Model {
        state: Running,
        cursor: Some(serde_json::to_value(next)?),
        done: i32::try_from(next.span).unwrap_or(i32::MAX),
        started_at: row.started_at.or(Some(call.at)),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    work.commit().await
}

/// Begins to write, with the simulation locked; none when another process went on with it or somebody called it off meanwhile.
async fn unchanged<'c>(
    db: &Db,
    call: &'c Call,
    row: &incentive_simulation::Model,
) -> Result<Option<(Work<'c>, incentive_simulation::Model)>> {
    let work = Work::begin(db, call).await?;
    let now = store::held(work.tx(), row.id).await?;
    Ok((now.version == row.version).then_some((work, now)))
}

/// Ends a simulation that can't be computed.
async fn fail(db: &Db, call: &Call, id: Uuid, error: &Error) -> Result<()> {
    let mut work = Work::begin(db, call).await?;
    let row = store::held(work.tx(), id).await?;
    if !matches!(row.state, Queued | Running) {
        return Ok(());
    }
    let failure = match error {
        Error::User(mistakes) => mistakes
            .iter()
            .map(|one| format!("{} · {}", one.text.en, one.text.zh))
            .collect::<Vec<_>>()
            .join(" "),
        _ => "It couldn't be computed; the server's log says why. · 计算失败，原因见服务器日志。"
            .to_owned(),
    };
    let row = incentive_simulation::Model {
        state: Failed,
        cursor: None,
        failure: Some(failure),
        ended_at: Some(call.at),
        ..row
    };
    store::drop_parts_of(work.tx(), id).await?;
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "incentive.simulation.fail", json!({}));
    work.commit().await
}
