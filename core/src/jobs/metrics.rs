//! Keeps the sums of metrics up to date: takes in what has changed, sums up days anew, fills what is new.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::metrics::counting::Counter;

/// The job's name and rhythm. A round in which anything has changed sums whole days and months up again, whether one ticket has changed
/// or thousands, so there aren't many of them. One that fills the sums of a new metric can take minutes; should another process take
/// over meanwhile, one waits for the other at each transaction.
pub const JOB: Job = Job {
    name: "metrics",
    every: Duration::from_secs(5),
    lease: Duration::from_secs(60),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, counter: Counter, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, |db, now| {
        let counter = counter.clone();
        async move { counter.catch_up(&db, now).await }
    })
    .await;
}
