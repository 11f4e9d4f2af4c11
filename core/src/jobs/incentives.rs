//! Works out incentive runs and books what was approved (激励计算).
//!
//! Each batch is a transaction of its own that moves the cursor of its run, so a round can be cut off and repeated anywhere, also
//! by two processes at once.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::incentives::runs::work::round;
use crate::metrics::counting::Counter;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "incentives",
    every: Duration::from_secs(5),
    lease: Duration::from_secs(30),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, counter: Counter, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| {
        let counter = counter.clone();
        async move {
            let batches = round(&db, &counter, now).await?;
            if batches > 0 {
                tracing::info!(batches, "incentive runs went on");
            }
            Ok(())
        }
    })
    .await;
}
