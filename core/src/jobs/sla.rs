//! Watches the clocks of tickets: warns before a due time, escalates a missed one, and brings open tickets under new
//! versions of policies and calendars, and to what their customers have become.
//!
//! Every clock is claimed by a conditional update, in one transaction with its alert, history and event. So a round can
//! be cut off anywhere and repeated anywhere, also by two processes at once, and nothing is raised twice.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use super::lease;
use super::rounds::{self, Job};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Result;
use crate::tickets::sla::actions;

/// The job's name and rhythm.
pub const JOB: Job = Job {
    name: "sla",
    every: Duration::from_secs(5),
    lease: Duration::from_secs(30),
};

/// How far back a round looks for customers whose tier or partner may have changed: longer than a transaction lasts.
const LOOK_BACK: TimeDelta = TimeDelta::minutes(1);

/// Does the rounds until `stop` is cancelled.
pub async fn run(db: Db, clock: Clock, stop: CancellationToken) {
    rounds::run(db, clock, stop, JOB, |db, now| async move {
        round(&db, now).await
    })
    .await;
}

/// One round: terms first, so that nobody is warned of a due time that has moved.
///
/// # Errors
/// When the database fails; what was done before stays done, and the next round goes on from there.
pub async fn round(db: &Db, now: DateTime<Utc>) -> Result<()> {
    if let Some(last) = lease::last_run(db, JOB.name).await? {
        actions::follow_customers(db, last - LOOK_BACK, now).await?;
    }
    actions::renew_policies(db, now).await?;
    actions::renew_calendars(db, now).await?;
    actions::raise_alerts(db, now).await
}
