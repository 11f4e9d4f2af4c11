//! Looks at the goals that are pursued, once an hour: tells when one leaves its course, and closes those whose time is over.
//!
//! Each goal is claimed by its version in one transaction with its alert and event. So a round can be cut off anywhere and
//! repeated anywhere, also by two processes at once, and nothing is told twice.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::metrics::counting::Counter;
use crate::metrics::goals::actions;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "goals",
    every: Duration::from_secs(60 * 60),
    lease: Duration::from_secs(65 * 60),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, counter: Counter, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| {
        let counter = counter.clone();
        async move {
            let changed = actions::round(&db, &counter, now).await?;
            if changed > 0 {
                tracing::info!(changed, "goals left their course, came back or ended");
            }
            Ok(())
        }
    })
    .await;
}
