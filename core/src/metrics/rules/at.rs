//! As of when figures are read: as everything stands now, or as it was frozen (时点).

use std::sync::Arc;

use uuid::Uuid;

use super::period::Period;
use crate::organisation::Holding;

/// As of when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// As everything stands now.
    #[default]
    Now,
    /// As it was when a period was frozen.
    Frozen(Arc<Frozen>),
}

/// A frozen period, as figures are read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The snapshot.
    pub id: Uuid,
    /// The days that it has.
    pub period: Period,
    /// What regions were made of on these days, as was known then.
    pub holdings: Vec<Holding>,
}

impl At {
    /// The snapshot, if it is one.
    #[must_use]
    pub fn frozen(&self) -> Option<&Frozen> {
        match self {
            Self::Now => None,
            Self::Frozen(frozen) => Some(frozen),
        }
    }

    /// Does it have these days? The present has all.
    #[must_use]
    pub fn has(&self, period: Period) -> bool {
        self.frozen()
            .is_none_or(|frozen| frozen.period.overlap(period) == Some(period))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_has_its_days_and_no_others() {
        let day = |day: &str| day.parse().expect("a day");
        let period = |from, to| Period {
            from: day(from),
            to: day(to),
        };
        let frozen = At::Frozen(Arc::new(Frozen {
            id: Uuid::nil(),
            period: period("2026-01-01", "2026-04-01"),
            holdings: Vec::new(),
        }));
        for (from, to, has) in [
            ("2026-01-01", "2026-04-01", true),
            ("2026-02-01", "2026-03-01", true),
            ("2025-12-31", "2026-02-01", false),
            ("2026-03-31", "2026-04-02", false),
            ("2026-05-01", "2026-06-01", false),
        ] {
            assert_eq!(frozen.has(period(from, to)), has, "{from} to {to}");
            assert!(At::Now.has(period(from, to)));
        }
    }
}
