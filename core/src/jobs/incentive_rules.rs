//! Rules that end, and simulations that go on (激励规则与模拟).
//!
//! Each page of a simulation is a transaction of its own that moves its cursor, so a round can be cut off and repeated anywhere.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::incentives::definitions::{actions, simulations};
use crate::metrics::counting::Counter;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "incentive_rules",
    every: Duration::from_secs(5),
    lease: Duration::from_secs(30),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, counter: Counter, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| {
        let counter = counter.clone();
        async move {
            let ended = actions::round(&db, counter.zone, now).await?;
            let pages = simulations::work::round(&db, &counter, now).await?;
            if ended + pages > 0 {
                tracing::info!(ended, pages, "incentive rules were looked after");
            }
            Ok(())
        }
    })
    .await;
}
