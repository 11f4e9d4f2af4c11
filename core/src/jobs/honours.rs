//! Brings prizes of contests and stars of appraisals over to the honours, and revokes those that are gone (荣誉同步).
//!
//! A round holds what there is against what there should be, and does nothing where they agree: so it can be cut off and repeated
//! anywhere, also by two processes at once, and nothing is told twice.

use std::time::Duration;

use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::incentives::honours::work::round;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "honours",
    every: Duration::from_secs(60),
    lease: Duration::from_secs(5 * 60),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, zone: Tz, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| async move {
        let changed = round(&db, zone, now).await?;
        if changed > 0 {
            tracing::info!(
                changed,
                "honours came from contests and appraisals, or went"
            );
        }
        Ok(())
    })
    .await;
}
