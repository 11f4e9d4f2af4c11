//! Warns of certificates that run out soon (证书到期提醒), once for each; each is claimed with its event.

use std::time::Duration;

use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;

use super::rounds::{self, Job};
use crate::clock::{self, Clock};
use crate::db::Db;
use crate::organisation::workforce::actions::certificate_warn;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "certificates",
    every: Duration::from_secs(10 * 60),
    lease: Duration::from_secs(11 * 60),
};

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, zone: Tz, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, move |db, now| async move {
        let told = certificate_warn(&db, clock::day(now, zone), now).await?;
        if told > 0 {
            tracing::info!(told, "certificates run out soon");
        }
        Ok(())
    })
    .await;
}
