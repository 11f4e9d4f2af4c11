//! Ends votes on rules whose time is over (表决计票).
//!
//! Each vote is a transaction of its own that locks its proposal and looks again, so a round can be cut off and repeated
//! anywhere, also by two processes at once.

use std::time::Duration;

use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::teamwork::charter::actions::round;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "votes",
    every: Duration::from_secs(15),
    lease: Duration::from_secs(60),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, zone: Tz, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| async move {
        let ended = round(&db, zone, now).await?;
        if ended > 0 {
            tracing::info!(ended, "votes ended");
        }
        Ok(())
    })
    .await;
}
