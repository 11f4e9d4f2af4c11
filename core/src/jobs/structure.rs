//! Applies planned reorganisations and puts names that have begun into their rows, every few minutes, so soon after the
//! organisation's midnight.
//!
//! A plan is applied only while it is approved, and a name is written only where another one stands, each in one transaction
//! with audit and event: so a round can be repeated by anybody, and nothing is told twice.

use std::time::Duration;

use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::organisation::{reorganisation, structure};

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "structure",
    every: Duration::from_secs(5 * 60),
    lease: Duration::from_secs(6 * 60),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, zone: Tz, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| async move {
        let applied = reorganisation::actions::round(&db, zone, now).await?;
        if applied > 0 {
            tracing::info!(applied, "planned reorganisations took effect");
        }
        let renamed = structure::actions::round(&db, zone, now).await?;
        if renamed > 0 {
            tracing::info!(renamed, "planned names have begun");
        }
        Ok(())
    })
    .await;
}
