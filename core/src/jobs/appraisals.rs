//! Counts appraisals (考核结算): freezes the figures of cycles whose reviews are over, and computes their results.
//!
//! Each batch of appraisals is a transaction of its own that takes only those which aren't computed, so a round can be cut off
//! and repeated anywhere, also by two processes at once.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::appraisals::cycles::actions::round;
use crate::clock::Clock;
use crate::db::Db;
use crate::metrics::counting::Counter;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "appraisals",
    every: Duration::from_secs(5),
    lease: Duration::from_secs(30),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, counter: Counter, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| {
        let counter = counter.clone();
        async move {
            let counted = round(&db, &counter, now).await?;
            if counted > 0 {
                tracing::info!(counted, "appraisals were counted");
            }
            Ok(())
        }
    })
    .await;
}
