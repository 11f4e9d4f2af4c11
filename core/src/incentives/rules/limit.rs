//! Holding many awards together within a bound.

use super::content::Exhausted;
use super::splits;
use super::trace::Limit;

/// What becomes of awards, in their order, for which there is only so much. Nothing is said about an award that isn't touched:
/// in proportion all of them are as soon as it doesn't suffice.
#[must_use]
pub fn hold(way: Exhausted, available: i64, asks: &[i64]) -> Vec<Option<Limit>> {
    let available = available.max(0);
    let asked: i128 = asks.iter().map(|ask| i128::from(*ask)).sum();
    if asked <= i128::from(available) {
        return vec![None; asks.len()];
    }
    let asked = i64::try_from(asked).unwrap_or(i64::MAX);
    match way {
        Exhausted::ProRata => in_proportion(available, asked, asks),
        Exhausted::FirstCome | Exhausted::Stop => in_order(way, available, asked, asks),
    }
}

fn in_proportion(available: i64, asked: i64, asks: &[i64]) -> Vec<Option<Limit>> {
    let weights: Vec<u64> = asks.iter().map(|ask| ask.unsigned_abs()).collect();
    asks.iter()
        .zip(splits::divide(available, &weights))
        .map(|(from, to)| {
            let limit = Limit {
                way: Exhausted::ProRata,
                available,
                asked,
                before: 0,
                stopped: false,
                extra: 0,
                from: *from,
                to,
            };
            let extra = to - applied(&limit);
            Some(Limit { extra, ..limit })
        })
        .collect()
}

fn in_order(way: Exhausted, available: i64, asked: i64, asks: &[i64]) -> Vec<Option<Limit>> {
    let (mut before, mut stopped) = (0, false);
    asks.iter()
        .map(|from| {
            let mut limit = Limit {
                way,
                available,
                asked,
                before,
                stopped,
                extra: 0,
                from: *from,
                to: 0,
            };
            limit.to = applied(&limit);
            before += limit.to;
            stopped |= limit.to < limit.from;
            (limit.to != limit.from).then_some(limit)
        })
        .collect()
}

/// What a bound leaves of an amount, by what it says itself.
#[must_use]
pub fn applied(limit: &Limit) -> i64 {
    let left = limit.available.saturating_sub(limit.before).max(0);
    match limit.way {
        Exhausted::ProRata => {
            let share = i128::from(limit.from) * i128::from(limit.available)
                / i128::from(limit.asked.max(1));
            i64::try_from(share)
                .unwrap_or(i64::MAX)
                .saturating_add(limit.extra)
        }
        Exhausted::FirstCome => limit.from.min(left),
        Exhausted::Stop if limit.stopped || limit.from > left => 0,
        Exhausted::Stop => limit.from,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn after(way: Exhausted, available: i64, asks: &[i64]) -> Vec<i64> {
        hold(way, available, asks)
            .into_iter()
            .zip(asks)
            .map(|(limit, ask)| limit.map_or(*ask, |limit| limit.to))
            .collect()
    }

    #[test]
    fn what_there_is_goes_in_proportion_or_in_order() {
        use Exhausted::{FirstCome, ProRata, Stop};
        for (way, available, asks, left) in [
            (ProRata, 1_000, &[300, 600][..], &[300, 600][..]),
            (ProRata, 300, &[300, 600], &[100, 200]),
            (ProRata, 100, &[100, 100, 100], &[34, 33, 33]),
            (ProRata, 0, &[100, 100], &[0, 0]),
            (FirstCome, 700, &[300, 600, 50], &[300, 400, 0]),
            (Stop, 700, &[300, 600, 50], &[300, 0, 0]),
            (Stop, 900, &[300, 600, 50], &[300, 600, 0]),
            (FirstCome, -5, &[1], &[0]),
        ] {
            assert_eq!(
                after(way, available, asks),
                left,
                "{way:?} {available} {asks:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_goes_above_and_each_bound_repeats_itself(
            available in -10..5_000_i64, asks in prop::collection::vec(0..1_000_i64, 0..20),
            way in prop::sample::select(vec![Exhausted::ProRata, Exhausted::FirstCome, Exhausted::Stop]))
        {
            let limits = hold(way, available, &asks);
            let left = after(way, available, &asks);
            let sum: i64 = left.iter().sum();
            let asked: i64 = asks.iter().sum();
            prop_assert!(sum <= available.max(0).min(asked));
            if way != Exhausted::Stop {
                prop_assert_eq!(sum, available.max(0).min(asked));
            }
            for ((limit, ask), left) in limits.iter().zip(&asks).zip(left) {
                prop_assert!((0..=*ask).contains(&left));
                if let Some(limit) = limit {
                    prop_assert_eq!(applied(limit), limit.to);
                    prop_assert!((0..=1).contains(&limit.extra));
                }
            }
        }
    }
}
