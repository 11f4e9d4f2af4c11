//! How long stretches of time took (耗时): count, total, and quantiles by the nearest rank.

use crate::decimal::{Decimal, SCALE};

/// How long some stretches of time took, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// How many there are.
    pub count: i64,
    /// The least of them that at least half of them don't exceed.
    pub median: i64,
    /// The least of them that at least nine tenths of them don't exceed.
    pub p90: i64,
    /// How long they took together.
    pub total: i64,
}

impl Times {
    /// How long they took on average, half rounded away from nought to four decimals; none where there are none.
    #[must_use]
    pub fn mean(&self) -> Option<Decimal> {
        ratio(i128::from(self.total) * i128::from(SCALE), self.count)
    }

    /// How many percent of another total theirs is; none of nothing.
    #[must_use]
    pub fn share_of(&self, total: i64) -> Option<Decimal> {
        ratio(i128::from(self.total) * 100 * i128::from(SCALE), total)
    }
}

/// By how many percent a figure is more than it was; none where it was nothing.
#[must_use]
pub fn change_percent(now: i64, then: i64) -> Option<Decimal> {
    let more = i128::from(now) - i128::from(then);
    ratio(more * 100 * i128::from(SCALE), then)
}

/// The quotient, half rounded away from nought.
fn ratio(over: i128, under: i64) -> Option<Decimal> {
    let under = i128::from(under);
    if under <= 0 {
        return None;
    }
    let rounded = (over.abs() * 2 + under) / (under * 2) * over.signum();
    Some(Decimal(i64::try_from(rounded).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(count: i64, total: i64) -> Times {
        Times {
            count,
            total,
            ..Times::default()
        }
    }

    #[test]
    fn means_and_shares() {
        for (count, total, of, mean, share) in [
            (3, 100, 400, Some("33.3333"), Some("25")),
            (2, 7_200, 7_200, Some("3600"), Some("100")),
            (3, 200, 300, Some("66.6667"), Some("66.6667")),
            (2, 0, 300, Some("0"), Some("0")),
            // Of nothing there is neither a mean nor a share.
            (0, 0, 0, None, None),
            (1, 0, 0, Some("0"), None),
        ] {
            let times = times(count, total);
            let said = |figure: Option<Decimal>| figure.map(|figure| figure.to_string());
            assert_eq!(said(times.mean()).as_deref(), mean, "{times:?}");
            assert_eq!(said(times.share_of(of)).as_deref(), share, "{times:?}");
        }
    }

    #[test]
    fn changes() {
        for (now, then, expected) in [
            (150, 100, Some("50")),
            (50, 100, Some("-50")),
            (1, 3, Some("-66.6667")),
            (100, 100, Some("0")),
            (5, 0, None),
        ] {
            let said = change_percent(now, then).map(|change| change.to_string());
            assert_eq!(said.as_deref(), expected, "{then} to {now}");
        }
    }
}
