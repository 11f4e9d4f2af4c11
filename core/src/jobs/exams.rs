//! Watches exams (考试): hands in what is over time, closes exams whose window is over, publishes what is due.
//!
//! Each attempt is a transaction of its own that locks its row and looks again, so a round can be cut off and repeated
//! anywhere, also by two processes at once.

use std::time::Duration;

use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::training::exams::actions::round;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "exams",
    every: Duration::from_secs(5),
    lease: Duration::from_secs(60),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, zone: Tz, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| async move {
        let done = round(&db, zone, now).await?;
        if done > 0 {
            tracing::info!(done, "attempts handed in, exams closed, results published");
        }
        Ok(())
    })
    .await;
}
