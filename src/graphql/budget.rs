//! How much may be asked in a while: leaky buckets of cost points, one for each principal and a wider one for each
//! address. What a request may cost is taken out before it runs, so that requests at the same time can't overspend
//! together, and what it did cost is settled afterwards.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;
use uuid::Uuid;

use crate::access::Call;
use crate::config::BudgetSettings;

/// What a refused request costs: reading and checking it was work too.
pub const REFUSED: u64 = 20;

/// One bucket.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Principal(Uuid),
    /// Whoever isn't signed in, from an address.
    Stranger(Option<IpAddr>),
    /// Everybody at an address.
    Address(IpAddr),
}

/// Whose buckets a request is paid from: the own one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer {
    own: Option<Key>,
    address: Option<Key>,
}

impl Payer {
    /// The one who pays for a call.
    #[must_use]
    pub fn of(call: &Call) -> Self {
        let address = call
            .address
            .as_deref()
            .and_then(|address| address.parse().ok())
            .map(network);
        let own = call
            .viewer
            .actor
            .id
            .map_or(Key::Stranger(address), Key::Principal);
        Self {
            own: Some(own),
            address: address.map(Key::Address),
        }
    }

    /// Everybody at an address, while it isn't known who asks.
    #[must_use]
    pub fn at(address: Option<IpAddr>) -> Self {
        Self {
            own: None,
            address: address.map(network).map(Key::Address),
        }
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.own.iter().chain(&self.address)
    }
}

/// An IPv6 subscriber has a whole /64, so that is what counts as one address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        address => address,
    }
}

/// What was spent and hasn't come back yet, in thousandths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    spent: u64,
    at: DateTime<Utc>,
}

/// The size of a bucket, in points, and how many come back a second.
#[derive(Clone, Copy, Debug)]
struct Size {
    burst: u64,
    per_second: u64,
}

impl Size {
    fn full(self) -> u64 {
        self.burst.saturating_mul(1_000)
    }

    fn leaked(self, bucket: Bucket, now: DateTime<Utc>) -> Bucket {
        let millis = u64::try_from((now - bucket.at).num_milliseconds()).unwrap_or(0);
        Bucket {
            spent: bucket
                .spent
                .saturating_sub(millis.saturating_mul(self.per_second)),
            at: bucket.at.max(now),
        }
    }

    /// Seconds until so much has come back.
    fn seconds(self, spent: u64) -> u64 {
        spent.div_ceil(self.per_second.max(1).saturating_mul(1_000))
    }

    fn balance(self, bucket: Bucket) -> Balance {
        let seconds = i64::try_from(self.seconds(bucket.spent)).unwrap_or(i64::MAX);
        Balance {
            remaining: self.burst.saturating_sub(bucket.spent.div_ceil(1_000)),
            reset_at: bucket.at + TimeDelta::seconds(seconds.min(i64::MAX / 1_000_000)),
        }
    }
}

/// What is left after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Points that can be spent now.
    pub remaining: u64,
    /// When everything will have come back.
    pub reset_at: DateTime<Utc>,
}

/// The buckets of this process.
#[derive(Debug)]
pub struct Budget {
    settings: BudgetSettings,
    buckets: Mutex<Buckets>,
}

#[derive(Debug)]
struct Buckets {
    held: HashMap<Key, Bucket>,
    sweep_at: usize,
}

/// More buckets than this are swept of those that are empty again.
const SWEEP_AT: usize = 10_000;

impl Budget {
    /// Empty buckets.
    #[must_use]
    pub fn new(settings: BudgetSettings) -> Self {
        Self {
            settings,
            buckets: Mutex::new(Buckets {
                held: HashMap::new(),
                sweep_at: SWEEP_AT,
            }),
        }
    }

    /// Has anything been left to the payer?
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn admit(&self, payer: &Payer, now: DateTime<Utc>) -> Result<(), u64> {
        self.room(payer, 1, now, &self.lock()).map(|_| ())
    }

    /// Spends points, or says after how many seconds there will be enough.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn spend(&self, payer: &Payer, cost: u64, now: DateTime<Utc>) -> Result<Balance, u64> {
        let mut buckets = self.lock();
        let after = self.room(payer, cost, now, &buckets)?;
        let balance = payer.keys().zip(&after).next();
        let balance = balance.map(|(key, bucket)| self.size(key).balance(*bucket));
        self.sweep(&mut buckets, now);
        for (key, bucket) in payer.keys().zip(after) {
            buckets.held.insert(key.clone(), bucket);
        }
        Ok(balance.unwrap_or_else(|| self.untouched(now)))
    }

    /// Takes points that may be more than there are: what follows has to wait.
    pub fn charge(&self, payer: &Payer, cost: u64, now: DateTime<Utc>) {
        self.settle(payer, 0, cost, now);
    }

    /// Gives back what was taken and takes what was needed, which may be more.
    pub fn settle(&self, payer: &Payer, taken: u64, needed: u64, now: DateTime<Utc>) -> Balance {
        let mut buckets = self.lock();
        self.sweep(&mut buckets, now);
        let mut balance = None;
        for key in payer.keys() {
            let size = self.size(key);
            let empty = Bucket { spent: 0, at: now };
            let bucket = buckets.held.entry(key.clone()).or_insert(empty);
            *bucket = size.leaked(*bucket, now);
            bucket.spent = bucket
                .spent
                .saturating_add(needed.saturating_mul(1_000))
                .saturating_sub(taken.saturating_mul(1_000));
            balance.get_or_insert(size.balance(*bucket));
        }
        balance.unwrap_or_else(|| self.untouched(now))
    }

    /// The buckets of a payer after so much was spent.
    fn room(
        &self,
        payer: &Payer,
        cost: u64,
        now: DateTime<Utc>,
        buckets: &Buckets,
    ) -> Result<Vec<Bucket>, u64> {
        let mut after = Vec::with_capacity(2);
        let mut wait = 0;
        for key in payer.keys() {
            let size = self.size(key);
            let bucket = buckets.held.get(key).copied();
            let bucket = size.leaked(bucket.unwrap_or(Bucket { spent: 0, at: now }), now);
            let spent = bucket.spent.saturating_add(cost.saturating_mul(1_000));
            if spent > size.full() {
                wait = wait.max(size.seconds(spent - size.full()));
            }
            after.push(Bucket { spent, ..bucket });
        }
        if wait > 0 { Err(wait) } else { Ok(after) }
    }

    fn size(&self, key: &Key) -> Size {
        let settings = self.settings;
        match key {
            Key::Principal(_) | Key::Stranger(_) => Size {
                burst: settings.burst,
                per_second: settings.per_second,
            },
            Key::Address(_) => Size {
                burst: settings.address_burst,
                per_second: settings.address_per_second,
            },
        }
    }

    fn untouched(&self, now: DateTime<Utc>) -> Balance {
        Balance {
            remaining: self.settings.burst,
            reset_at: now,
        }
    }

    /// Not again before there are twice as many: a flood from many addresses mustn't make everybody wait for it.
    fn sweep(&self, buckets: &mut Buckets, now: DateTime<Utc>) {
        if buckets.held.len() > buckets.sweep_at {
            buckets
                .held
                .retain(|key, bucket| self.size(key).leaked(*bucket, now).spent > 0);
            buckets.sweep_at = SWEEP_AT.max(buckets.held.len() * 2);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Points that were taken for a request under way. One that ends without an answer, because it took too long or its
/// client went away, is settled when this is dropped.
#[derive(Debug)]
pub struct Reservation {
    budget: Arc<Budget>,
    payer: Payer,
    taken: u64,
    /// What is left now.
    balance: Balance,
    at: DateTime<Utc>,
    begun: Instant,
    open: bool,
}

impl Reservation {
    /// Takes the points.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn take(
        budget: &Arc<Budget>,
        payer: Payer,
        cost: u64,
        now: DateTime<Utc>,
    ) -> Result<Self, u64> {
        let balance = budget.spend(&payer, cost, now)?;
        Ok(Self {
            budget: Arc::clone(budget),
            payer,
            taken: cost,
            balance,
            at: now,
            begun: Instant::now(),
            open: true,
        })
    }

    /// The points that were taken.
    #[must_use]
    pub const fn taken(&self) -> u64 {
        self.taken
    }

    /// What is left while it runs.
    #[must_use]
    pub const fn balance(&self) -> Balance {
        self.balance
    }

    /// Settles it by what was needed.
    pub fn settle(mut self, needed: u64) -> Balance {
        self.open = false;
        self.budget.settle(&self.payer, self.taken, needed, self.at)
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        if self.open {
            let per_second = self.budget.settings.per_second;
            let needed = broken_off(self.taken, self.begun.elapsed(), per_second);
            self.budget.settle(&self.payer, self.taken, needed, self.at);
        }
    }
}

/// What a request without an answer costs. How much of its work was done nobody knows: it counts as if nothing had come
/// back while it lasted, and as a quarter of the estimate at least, so that breaking off isn't a way to ask for nothing.
fn broken_off(taken: u64, lasted: Duration, per_second: u64) -> u64 {
    let millis = u64::try_from(lasted.as_millis()).unwrap_or(u64::MAX);
    let missed = millis.saturating_mul(per_second) / 1_000;
    missed.max(taken.div_ceil(4)).min(taken)
}

#[cfg(test)]
mod tests;
