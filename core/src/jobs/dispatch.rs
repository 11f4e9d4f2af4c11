//! Giving out waiting tickets without anybody asking (自动派单), while the setting `dispatch.automatic` is on.
//!
//! One process at a time does it; each ticket is a transaction of its own that locks its row, so even two at once would
//! give nothing out twice.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::lease;
use super::rounds::{self, Job};
use crate::access::Call;
use crate::clock::Clock;
use crate::db::{Db, new_id};
use crate::error::Result;
use crate::settings;
use crate::tickets::dispatch::actions::{Tried, round};

/// The rhythm.
pub const JOB: Job = Job {
    name: "dispatch",
    every: Duration::from_secs(3),
    lease: Duration::from_secs(30),
};

/// Does rounds until `stop` is cancelled. While the setting is off nothing is written and no lease is held.
pub async fn run(db: Db, clock: Clock, zone: Tz, stop: CancellationToken) {
    let holder = new_id(clock.now());
    let tried = Arc::new(Mutex::new(Tried::default()));
    let mut held = false;
    loop {
        match once(&db, &clock, zone, holder, &tried).await {
            Ok(mine) => held = mine,
            Err(error) => {
                tracing::warn!(%error, "a round of dispatch failed; it is tried again");
            }
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(JOB.every) => {}
        }
    }
    if held && let Err(error) = lease::give_back(&db, JOB.name, holder, clock.now()).await {
        tracing::debug!(%error, "the lease of dispatch couldn't be given back; it runs out");
    }
}

/// One round, if the setting is on and this process has the lease; says whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn once(
    db: &Db,
    clock: &Clock,
    zone: Tz,
    holder: uuid::Uuid,
    tried: &Arc<Mutex<Tried>>,
) -> Result<bool> {
    if !settings::read(db.reader(), &settings::DISPATCH_AUTOMATIC).await? {
        return Ok(false);
    }
    let work = |db: Db, at: DateTime<Utc>| {
        let tried = Arc::clone(tried);
        async move {
            let given = round(&db, &call(at, zone), &mut *tried.lock().await).await?;
            if given > 0 {
                tracing::info!(given, "dispatched waiting tickets");
            }
            Ok(())
        }
    };
    rounds::once(db, clock, JOB, holder, &work).await
}

/// The server's own call, on the organisation's day.
fn call(at: DateTime<Utc>, zone: Tz) -> Call {
    Call::system(at, "dispatch").on(at.with_timezone(&zone).date_naive())
}
