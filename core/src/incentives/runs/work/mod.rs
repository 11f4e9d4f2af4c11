//! The worker's round: works runs out, books what was approved, takes back what was refunded (后台计算).
//!
//! Each batch is a transaction of its own that moves the cursor of its run, so a round can be cut off anywhere and goes on to the
//! same bytes, also when two processes work at once.

mod book;
mod claw_back;
mod evaluate;
mod freeze;
mod late;
mod misbooked;
mod replay;
mod settle;
mod unfounded;

use chrono::{DateTime, Utc};
use entity::enums::IncentiveRunState;
use entity::incentive_run;
use serde_json::json;
use uuid::Uuid;

use super::{RUN_CHANGED, store};
use crate::access::Call;
use crate::audit;
use crate::db::Db;
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::events::Event;
use crate::incentives::rules::catalogue::Catalogue;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::Span;
use crate::incentives::{definitions, gather};
use crate::metrics::counting::Counter;
use crate::work::Work;

pub use book::{About, Entry, entry};
pub use claw_back::{claw_back, share_anew};
pub use late::{late_now, late_of};
pub use misbooked::{Behind, behind, misbooked};
pub use replay::{Batch, Cursor, Part, Replay, replay};
pub use settle::{Rest, settled_of, spent_as_noted};
pub use unfounded::{Unfounded, unfounded};

/// Goes on with every run that is to be worked out or booked; says how many batches were done.
///
/// # Errors
/// When the runs can't be read. One run's failure is logged, and made up for in the next round.
pub async fn round(db: &Db, counter: &Counter, at: DateTime<Utc>) -> Result<usize> {
    let call = Call::system(at, "incentives");
    let mut done = 0;
    for id in store::on_the_way(db.reader()).await? {
        match work_out(db, counter, &call, id).await {
            Ok(batches) => done += batches,
            Err(Error::User(mistakes)) if is_final(&mistakes) => {
                failed(db, &call, id, &mistakes).await?;
            }
            Err(error) => tracing::warn!(run = %id, %error, "an incentive run couldn't go on"),
        }
    }
    for id in store::unbooked(db.reader()).await? {
        match book::book(db, counter.zone, &call, id).await {
            Ok(batches) => done += batches,
            Err(error) => tracing::warn!(run = %id, %error, "an incentive run couldn't be booked"),
        }
    }
    Ok(done)
}

/// Does it fail whenever it is tried: because a rule can't be read any more? That figures are still being made passes.
fn is_final(mistakes: &[UserError]) -> bool {
    mistakes
        .iter()
        .any(|mistake| mistake.code == UserErrorCode::RuleViolated)
}

/// Notes why a run can't be worked out, so that another attempt can be made once that is mended.
async fn failed(db: &Db, call: &Call, id: Uuid, mistakes: &[UserError]) -> Result<()> {
    let mut work = Work::begin(db, call).await?;
    let now = store::locked(work.tx(), id).await?;
    let texts = mistakes.iter().map(|mistake| &mistake.text);
    let problem: Vec<String> = texts
        .map(|text| format!("{} · {}", text.en, text.zh))
        .collect();
    let row = incentive_run::Model {
        state: IncentiveRunState::Failed,
        problem: Some(problem.join(" ")),
        ..now
    };
    store::save(work.tx(), row, call.at).await?;
    told(&mut work, id, "incentive.run.fail", json!({}));
    work.commit().await
}

/// Works a run out until it waits for approval; says how many batches that took.
async fn work_out(db: &Db, counter: &Counter, call: &Call, id: Uuid) -> Result<usize> {
    let mut done = 0;
    while step(db, counter, call, id).await? {
        done += 1;
    }
    Ok(done)
}

/// One batch of a run; says whether there is more to do. What a test cuts a run off between.
///
/// # Errors
/// When the database fails, or somebody else worked on it at the same time.
pub async fn step(db: &Db, counter: &Counter, call: &Call, id: Uuid) -> Result<bool> {
    let run = store::run(db.reader(), id).await?;
    match run.state {
        IncentiveRunState::Queued => freeze::frozen(db, counter, call, &run).await?,
        IncentiveRunState::Evaluating => evaluate::batch(db, counter, call, &run).await?,
        IncentiveRunState::Settling => settle::all(db, counter, call, &run).await?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// The days of a run.
#[must_use]
pub const fn span_of(run: &incentive_run::Model) -> Span {
    Span {
        from: run.from_day,
        to: run.until_day,
    }
}

/// The versions by which a run is worked out.
///
/// # Errors
/// When the row doesn't hold what it should.
pub fn versions_of(run: &incentive_run::Model) -> Result<Vec<Uuid>> {
    Ok(serde_json::from_value(run.versions.clone())?)
}

/// The rules of a run, compiled, with the facts that they know.
///
/// # Errors
/// When the database fails, or one of them can't be read any more.
pub async fn rules_of(
    connection: &impl sea_orm::ConnectionTrait,
    counter: &Counter,
    run: &incentive_run::Model,
) -> Result<(Catalogue, Vec<Rule>)> {
    let catalogue = gather::catalogue(connection, &counter.sources).await?;
    let versions = versions_of(run)?;
    let rules = definitions::versions(connection, &catalogue, &versions).await?;
    Ok((catalogue, rules))
}

/// The run as it was read, locked; none when somebody else has worked on it since.
async fn unchanged(
    work: &Work<'_>,
    run: &incentive_run::Model,
) -> Result<Option<incentive_run::Model>> {
    let now = store::locked(work.tx(), run.id).await?;
    Ok((now.version == run.version).then_some(now))
}

fn lost() -> Error {
    Error::internal("another process works on the run")
}

/// Leaves an audit entry and an event about a run.
fn told(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "incentive_run",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, RUN_CHANGED, id, payload));
}
