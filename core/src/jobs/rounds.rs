//! A job that is done round by round, by one process at a time.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::lease;
use crate::clock::Clock;
use crate::db::{Db, new_id};
use crate::error::{Error, Result};

/// A job and its rhythm.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The name of its lease.
    pub name: &'static str,
    /// The pause between two rounds.
    pub every: Duration,
    /// How long the lease holds: longer than the pause, or two processes take turns. While a round takes its time it is renewed, so
    /// that after the end of a process another one need wait no longer than this.
    pub lease: Duration,
}

/// Does the job's rounds until `stop` is cancelled, whenever this process holds its lease. The first round comes at once,
/// so that what was missed during a standstill is made up for. A failure is logged and tried again with the next round.
pub async fn run<F, W>(db: Db, clock: Clock, stop: CancellationToken, job: Job, round: F)
where
    F: Fn(Db, DateTime<Utc>) -> W + Send,
    W: Future<Output = Result<()>> + Send,
{
    let holder = new_id(clock.now());
    loop {
        if let Err(error) = once(&db, &clock, job, holder, &round).await {
            tracing::warn!(job = job.name, %error, "a round of the job failed; it is tried again");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(job.every) => {}
        }
    }
    if let Err(error) = lease::give_back(&db, job.name, holder, clock.now()).await {
        tracing::debug!(job = job.name, %error, "the lease couldn't be given back; it runs out");
    }
}

/// One round, if the lease is to be had; says whether it was. It is cut off should the lease go to somebody else meanwhile.
///
/// # Errors
/// When the database or the round fails, or the lease is lost.
pub async fn once<F, W>(db: &Db, clock: &Clock, job: Job, holder: Uuid, round: &F) -> Result<bool>
where
    F: Fn(Db, DateTime<Utc>) -> W,
    W: Future<Output = Result<()>>,
{
    let now = clock.now();
    if !lease::hold(db, job.name, holder, job.lease, now).await? {
        return Ok(false);
    }
    // Side by side: a round may hold the only connection that writes while the renewal waits for it.
    tokio::select! {
        done = round(db.clone(), now) => done?,
        lost = renewals(db, clock, job, holder) => return Err(lost),
    }
    lease::ran(db, job.name, holder, clock.now()).await?;
    Ok(true)
}

/// Renews the lease in good time, again and again; ends with what keeps it from being renewed.
async fn renewals(db: &Db, clock: &Clock, job: Job, holder: Uuid) -> Error {
    loop {
        tokio::time::sleep(job.lease / 3).await;
        match lease::hold(db, job.name, holder, job.lease, clock.now()).await {
            Ok(true) => {}
            Ok(false) => {
                return Error::internal(format!(
                    "the lease of {} has gone to another process",
                    job.name
                ));
            }
            Err(error) => return error,
        }
    }
}
