//! The only place that reads the wall clock. Everything else is handed the time as a value.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;

/// A source of time: the machine's, or one that a test moves.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved.
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(Mutex::new(at)))
    }

    /// The time now, to the microsecond (what both databases keep).
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one place that may read the wall clock"
            )]
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Manual(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Comes when this clock shows `at` or later.
    pub async fn until(&self, at: DateTime<Utc>) {
        loop {
            let left = at - self.now();
            if left <= TimeDelta::zero() {
                return;
            }
            let nap = match self {
                // Not for ever at once: the machine's clock may be set meanwhile.
                Self::System => left.num_milliseconds().min(60_000) + 1,
                Self::Manual(_) => 5,
            };
            tokio::time::sleep(Duration::from_millis(nap.unsigned_abs())).await;
        }
    }

    /// Moves a manual clock on; the machine's clock can't be moved and stays.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Manual(at) = self {
            let mut at = at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *at += by;
        }
    }
}

/// The calendar day on which `at` falls in the organisation's time zone; effective dating counts in these days.
#[must_use]
pub fn day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}
