//! The worker's round: freezes the figures of cycles whose reviews are over, and computes their results (结算).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{AppraisalResultCause, AppraisalStage};
use entity::{appraisal, appraisal_cycle};
use serde_json::json;
use uuid::Uuid;

use super::common::{after, trace};
use super::freeze::frozen;
use crate::access::Call;
use crate::appraisals;
use crate::appraisals::actions::common::put_result;
use crate::appraisals::cycles::store;
use crate::appraisals::gather;
use crate::appraisals::rules::content::Content;
use crate::appraisals::rules::inputs::Inputs;
use crate::appraisals::rules::scoring::{Obstacle, score};
use crate::appraisals::rules::stages;
use crate::appraisals::rules::words;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::metrics::counting::Counter;
use crate::work::Work;

/// Appraisals that are computed in one transaction.
const BATCH: u64 = 50;

/// Goes on with every cycle whose results are to be computed; says how many appraisals were. Each batch is a transaction of its
/// own that takes only appraisals which have neither a result nor what keeps it from being computed, so a round can be cut off
/// and repeated anywhere.
///
/// # Errors
/// When the cycles can't be read. One cycle's failure is logged, and made up for in the next round.
pub async fn round(db: &Db, counter: &Counter, at: DateTime<Utc>) -> Result<usize> {
    let call = Call::system(at, "appraisals");
    let mut done = 0;
    for id in store::counting(db.reader()).await? {
        match cycle(db, counter, &call, id).await {
            Ok(counted) => done += counted,
            Err(error) => tracing::warn!(cycle = %id, %error, "a cycle couldn't be counted"),
        }
    }
    Ok(done)
}

async fn cycle(db: &Db, counter: &Counter, call: &Call, id: Uuid) -> Result<usize> {
    frozen(db, counter, call, id).await?;
    let mut done = 0;
    while let Some(counted) = batch(db, counter, call, id).await? {
        done += counted;
    }
    Ok(done)
}

/// The next batch of a cycle: how many it had; none when there is nothing more to compute, and the cycle has gone on.
async fn batch(db: &Db, counter: &Counter, call: &Call, id: Uuid) -> Result<Option<usize>> {
    let mut work = Work::begin(db, call).await?;
    let cycle = store::held(work.tx(), id).await?;
    if cycle.stage != AppraisalStage::Counting {
        return Ok(None);
    }
    let rows = store::to_count(work.tx(), id, BATCH).await?;
    if rows.is_empty() {
        end(work, id).await?;
        return Ok(None);
    }
    let count = rows.len();
    let versions = rows.iter().map(|row| row.version_id).collect();
    let contents = appraisals::store::content_of(work.tx(), versions).await?;
    let mut inputs = gather::inputs(work.tx(), &counter.sources, &cycle, &rows).await?;
    for row in rows {
        let content = of(&contents, &row)?;
        let inputs = inputs.remove(&row.id).unwrap_or_default();
        let why = (AppraisalResultCause::Counted, None);
        judge(&mut work, row, content, &inputs, why).await?;
    }
    work.commit().await?;
    Ok(Some(count))
}

/// All results are computed, or what keeps them from it is known.
async fn end(mut work: Work<'_>, id: Uuid) -> Result<()> {
    let cycle = store::locked(work.tx(), id).await?;
    let stage = after(&cycle, stages::Step::Counted)?;
    let row = appraisal_cycle::Model { stage, ..cycle };
    store::save(work.tx(), row, work.call().at).await?;
    trace(&mut work, id, "appraisal.cycle.counted", json!({}));
    work.commit().await
}

/// What the version of an appraisal says.
pub(super) fn of<'c>(
    contents: &'c HashMap<Uuid, Content>,
    row: &appraisal::Model,
) -> Result<&'c Content> {
    contents
        .get(&row.version_id)
        .ok_or_else(|| Error::internal("an appraisal without its template"))
}

/// Keeps what a result follows from, and writes the result or what keeps it from being computed.
pub(super) async fn judge(
    work: &mut Work<'_>,
    row: appraisal::Model,
    content: &Content,
    inputs: &Inputs,
    why: (AppraisalResultCause, Option<String>),
) -> Result<()> {
    let row = appraisal::Model {
        inputs: Some(serde_json::to_value(inputs)?),
        ..row
    };
    match score(content, inputs) {
        Ok(outcome) => {
            put_result(work, row, &outcome, why).await?;
        }
        Err(obstacles) => {
            let row = appraisal::Model {
                blocked: Some(told(content, &obstacles)),
                ..row
            };
            let at = work.call().at;
            let row = appraisals::store::save(work.tx(), row, at).await?;
            let detail = json!({ "obstacles": obstacles.len() });
            appraisals::actions::common::trace(work, row.id, "appraisal.blocked", detail);
        }
    }
    Ok(())
}

/// All that keeps a result from being computed, in both languages.
pub(super) fn told(content: &Content, obstacles: &[Obstacle]) -> String {
    let texts: Vec<_> = obstacles
        .iter()
        .map(|one| words::obstacle(content, one))
        .collect();
    let english: Vec<&str> = texts.iter().map(|text| &*text.en).collect();
    let chinese: String = texts.iter().map(|text| &*text.zh).collect();
    format!("{} · {chinese}", english.join(" "))
}
