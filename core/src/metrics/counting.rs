//! Counting: facts follow their records, and cells follow the facts (汇总).
//!
//! Each step is a transaction that can be cut off anywhere and repeated anywhere: what waits is only forgotten together
//! with what came of it. One process counts at a time.

mod anew;
mod follow;
mod sum;
mod verify;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::db::{Db, Transaction};
use crate::error::Result;
use crate::metrics::{Sources, definitions};

pub use anew::{fill, rebuild, sum_all};
pub use verify::{Finding, verify};

/// What counting needs beside the database.
#[derive(Clone, Debug)]
pub struct Counter {
    /// The sources of facts.
    pub sources: Sources,
    /// The time zone by which days are told apart.
    pub zone: Tz,
}

impl Counter {
    /// Takes in everything that has changed so far, fills the sums of new versions, and brings all sums up to date.
    ///
    /// # Errors
    /// When the database fails; what was done before stays done.
    pub async fn catch_up(&self, db: &Db, now: DateTime<Utc>) -> Result<()> {
        while self.follow(db, now).await? {}
        while sum::settle(db, self).await? {}
        fill(db, self, now).await
    }
}

impl Counter {
    /// The same within a transaction that has locked all metrics, so that nothing is counted by anybody else until it
    /// ends. The sums of new versions are left: gives the keys of the metrics that still wait for theirs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn catch_up_within(
        &self,
        tx: &Transaction,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>> {
        while self.follow_within(tx, now).await? {}
        while sum::settle_within(tx, self).await? {}
        let all = definitions::all_current(tx).await?.into_iter();
        Ok(all
            .filter(|one| one.version.counted_at.is_none())
            .map(|one| one.metric.key)
            .collect())
    }
}

/// Takes in and sums up until nothing is left.
///
/// # Errors
/// When the database fails.
pub async fn settle(db: &Db, counter: &Counter) -> Result<()> {
    while sum::settle(db, counter).await? {}
    Ok(())
}
