//! How much a principal may ask in a while: a leaky bucket of cost points for each.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::BudgetSettings;

/// One principal's bucket: what was spent and hasn't come back yet, in thousandths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    spent: u64,
    at: DateTime<Utc>,
}

/// What is left after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Points that can be spent now.
    pub remaining: u64,
    /// When everything will have come back.
    pub reset_at: DateTime<Utc>,
}

/// The buckets of all principals of this process.
#[derive(Debug)]
pub struct Budget {
    settings: BudgetSettings,
    buckets: Mutex<HashMap<String, Bucket>>,
}

/// More buckets than this are swept of those that are empty again.
const SWEEP_AT: usize = 10_000;

impl Budget {
    /// Empty buckets.
    #[must_use]
    pub fn new(settings: BudgetSettings) -> Self {
        Self {
            settings,
            buckets: Mutex::default(),
        }
    }

    /// Spends points, or says after how many seconds there will be enough.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn spend(&self, who: &str, cost: u64, now: DateTime<Utc>) -> Result<Balance, u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > SWEEP_AT {
            let settings = self.settings;
            buckets.retain(|_, bucket| leaked(settings, *bucket, now).spent > 0);
        }
        let bucket = buckets
            .get(who)
            .map_or(Bucket { spent: 0, at: now }, |bucket| {
                leaked(self.settings, *bucket, now)
            });
        let after = bucket.spent.saturating_add(cost.saturating_mul(1_000));
        let full = self.settings.burst.saturating_mul(1_000);
        if after > full {
            let rate = self.settings.per_second.max(1).saturating_mul(1_000);
            return Err((after - full).div_ceil(rate));
        }
        buckets.insert(
            who.to_owned(),
            Bucket {
                spent: after,
                at: now,
            },
        );
        Ok(balance(
            self.settings,
            Bucket {
                spent: after,
                at: now,
            },
        ))
    }

    /// Gives back what a request was estimated at but didn't need.
    pub fn settle(
        &self,
        who: &str,
        estimated: u64,
        actual: u64,
        now: DateTime<Utc>,
    ) -> Option<Balance> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.get_mut(who)?;
        *bucket = leaked(self.settings, *bucket, now);
        bucket.spent = bucket
            .spent
            .saturating_sub(estimated.saturating_sub(actual).saturating_mul(1_000));
        Some(balance(self.settings, *bucket))
    }
}

fn leaked(settings: BudgetSettings, bucket: Bucket, now: DateTime<Utc>) -> Bucket {
    let millis = u64::try_from((now - bucket.at).num_milliseconds()).unwrap_or(0);
    Bucket {
        spent: bucket
            .spent
            .saturating_sub(millis.saturating_mul(settings.per_second)),
        at: bucket.at.max(now),
    }
}

fn balance(settings: BudgetSettings, bucket: Bucket) -> Balance {
    let seconds = bucket
        .spent
        .div_ceil(settings.per_second.max(1).saturating_mul(1_000));
    Balance {
        remaining: settings.burst.saturating_sub(bucket.spent.div_ceil(1_000)),
        reset_at: bucket.at
            + TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_760_000_000 + seconds, 0).expect("a valid time")
    }

    #[test]
    fn a_bucket_fills_refuses_and_leaks() {
        let budget = Budget::new(BudgetSettings {
            burst: 100,
            per_second: 10,
        });
        assert_eq!(
            budget
                .spend("a", 60, at(0))
                .map(|balance| balance.remaining),
            Ok(40)
        );
        assert_eq!(
            budget.spend("a", 60, at(0)),
            Err(2),
            "20 points are missing, 10 come back a second"
        );
        assert_eq!(
            budget
                .spend("b", 60, at(0))
                .map(|balance| balance.remaining),
            Ok(40),
            "another principal has its own"
        );
        assert_eq!(
            budget
                .spend("a", 60, at(2))
                .map(|balance| balance.remaining),
            Ok(0)
        );
        assert_eq!(
            budget.spend("a", 1, at(12)),
            Ok(Balance {
                remaining: 99,
                reset_at: at(13)
            })
        );
    }

    #[test]
    fn what_was_not_needed_comes_back() {
        let budget = Budget::new(BudgetSettings {
            burst: 100,
            per_second: 10,
        });
        budget.spend("a", 80, at(0)).expect("within the burst");
        assert_eq!(
            budget
                .settle("a", 80, 30, at(0))
                .map(|balance| balance.remaining),
            Some(70)
        );
        assert_eq!(budget.settle("nobody", 80, 30, at(0)), None);
    }

    #[test]
    fn more_than_the_burst_is_never_possible() {
        let budget = Budget::new(BudgetSettings {
            burst: 100,
            per_second: 10,
        });
        assert!(budget.spend("a", u64::MAX, at(0)).is_err());
    }
}
