//! Leaky buckets against guessing: each attempt adds a drop, drops leak out with time, a full bucket says when to come back.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How many drops a bucket holds and how fast they leak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Drops that fit.
    pub burst: u32,
    /// The time in which one drop leaks out.
    pub leak: TimeDelta,
}

impl Limit {
    /// A limit of `burst` drops, one leaking each `seconds`.
    #[must_use]
    pub fn new(burst: u32, seconds: u32) -> Self {
        Self {
            burst: burst.max(1),
            leak: TimeDelta::seconds(i64::from(seconds.max(1))),
        }
    }

    fn brim(self) -> TimeDelta {
        self.leak * i32::try_from(self.burst).unwrap_or(i32::MAX)
    }
}

/// A bucket, told by the moment at which it will be empty; one in the past is empty now.
pub type Bucket = DateTime<Utc>;

/// Adds a drop: the bucket afterwards, or how long to wait when it is full.
///
/// # Errors
/// The time until one more drop fits.
pub fn add(bucket: Option<Bucket>, limit: Limit, now: DateTime<Utc>) -> Result<Bucket, TimeDelta> {
    let empty_at = bucket.unwrap_or(now).max(now) + limit.leak;
    let over = empty_at - now - limit.brim();
    if over > TimeDelta::zero() {
        Err(over)
    } else {
        Ok(empty_at)
    }
}

/// Takes a drop out again.
#[must_use]
pub fn forgive(bucket: Bucket, limit: Limit) -> Bucket {
    bucket - limit.leak
}

/// Buckets of many keys, in the memory of this process.
#[derive(Debug)]
pub struct Buckets<K> {
    limit: Limit,
    levels: Mutex<HashMap<K, Bucket>>,
}

/// More keys than this are not remembered; the emptiest go first.
const MOST_KEYS: usize = 50_000;

impl<K: Eq + Hash + Clone> Buckets<K> {
    /// Empty buckets.
    #[must_use]
    pub fn new(limit: Limit) -> Self {
        Self {
            limit,
            levels: Mutex::default(),
        }
    }

    /// Adds a drop to the bucket of `key`.
    ///
    /// # Errors
    /// The time until one more drop fits.
    pub fn add(&self, key: &K, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        let level = add(levels.get(key).copied(), self.limit, now)?;
        if levels.len() >= MOST_KEYS && !levels.contains_key(key) {
            make_room(&mut levels, now);
        }
        levels.insert(key.clone(), level);
        Ok(())
    }

    /// Takes the drop of an attempt that turned out well out again.
    pub fn forgive(&self, key: &K, now: DateTime<Utc>) {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(level) = levels.get(key).copied() {
            let level = forgive(level, self.limit);
            if level > now {
                levels.insert(key.clone(), level);
            } else {
                levels.remove(key);
            }
        }
    }
}

/// Forgets empty buckets, and when that isn't enough the emptier half.
fn make_room<K: Eq + Hash + Clone>(levels: &mut HashMap<K, Bucket>, now: DateTime<Utc>) {
    levels.retain(|_, level| *level > now);
    if levels.len() >= MOST_KEYS {
        let mut sorted: Vec<Bucket> = levels.values().copied().collect();
        sorted.sort_unstable();
        let middle = sorted[sorted.len() / 2];
        levels.retain(|_, level| *level > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_760_000_000 + second, 0).expect("a valid time")
    }

    #[test]
    fn a_burst_fits_then_one_for_each_leak() {
        let buckets = Buckets::new(Limit::new(3, 10));
        // (second, the wait that is answered)
        let attempts = [
            (0, None),
            (0, None),
            (0, None),
            (0, Some(10)),
            (4, Some(6)),
            (10, None),
            (11, Some(9)),
            (19, Some(1)),
            (20, None),
            (1000, None),
            (1000, None),
            (1000, None),
            (1000, Some(10)),
        ];
        for (second, wait) in attempts {
            let answer = buckets.add(&"a", at(second)).err();
            assert_eq!(answer, wait.map(TimeDelta::seconds), "at second {second}");
        }
        assert_eq!(
            buckets.add(&"b", at(1000)),
            Ok(()),
            "keys don't share a bucket"
        );
    }

    #[test]
    fn what_went_well_is_forgiven() {
        let buckets = Buckets::new(Limit::new(1, 10));
        for _ in 0..5 {
            assert_eq!(buckets.add(&"a", at(0)), Ok(()));
            buckets.forgive(&"a", at(0));
        }
        assert_eq!(buckets.add(&"a", at(0)), Ok(()));
        assert!(buckets.add(&"a", at(0)).is_err());
    }

    #[test]
    fn memory_is_bounded() {
        let buckets = Buckets::new(Limit::new(2, 10));
        for key in 0..MOST_KEYS + 10 {
            assert_eq!(buckets.add(&key, at(0)), Ok(()));
        }
        let kept = buckets
            .levels
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len();
        assert!(kept <= MOST_KEYS, "{kept}");
    }
}
