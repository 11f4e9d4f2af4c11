//! Seeded chance and ids. The generator is our own few lines, so that no release of a library ever changes what a seed
//! stands for.

use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

/// The odd constant of SplitMix64: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of chance (SplitMix64) that depends only on the seed, the subject and the index.
#[derive(Clone, Debug)]
pub struct Chance(u64);

fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl Chance {
    /// The stream for one thing, such as the customer with an index.
    #[must_use]
    pub fn of(seed: u64, subject: &str, index: u64) -> Self {
        let name = subject
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
        let state = mix(seed.wrapping_add(GOLDEN)) ^ name;
        Self(mix(mix(state) ^ index.wrapping_mul(GOLDEN)))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number from 0 to `count - 1`; 0 when there is nothing to choose.
    pub fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.bits()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// Happens in so many of a hundred cases.
    pub fn percent(&mut self, cases: usize) -> bool {
        self.below(100) < cases
    }

    /// One of the items, each as likely as the others. There is always at least one.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// One of the items, each as likely as its weight says. There is always at least one.
    pub fn weighted<T: Copy>(&mut self, items: &[(T, u32)]) -> T {
        let total: usize = items.iter().map(|(_, weight)| *weight as usize).sum();
        let mut left = self.below(total);
        for (item, weight) in items {
            let weight = *weight as usize;
            if left < weight {
                return *item;
            }
            left -= weight;
        }
        items[items.len() - 1].0
    }

    /// Seconds around a median, log-normal: most near it, few far above. `spread` is the deviation of the logarithm.
    pub fn seconds_around(&mut self, median: f64, spread: f64) -> i64 {
        // The sum of twelve uniform numbers less six is near enough to a normal one, and never far out.
        let normal: f64 = (0..12).map(|_| self.fraction()).sum::<f64>() - 6.0;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "some weeks in seconds are far inside the range"
        )]
        let seconds = (median * (normal * spread).exp()).round() as i64;
        seconds.max(1)
    }

    /// A number from 0 up to, not including, 1.
    pub fn fraction(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let bits = (self.bits() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// The id of a row made at that time: UUIDv7 whose random part comes from the seed.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let mut tail = [0_u8; 10];
        tail[..8].copy_from_slice(&self.bits().to_be_bytes());
        tail[8..].copy_from_slice(&self.bits().to_be_bytes()[..2]);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_seed_subject_and_index() {
        let first = |seed, subject, index| Chance::of(seed, subject, index).bits();
        assert_eq!(first(7, "ticket", 1), first(7, "ticket", 1));
        assert_ne!(first(7, "ticket", 1), first(8, "ticket", 1));
        assert_ne!(first(7, "ticket", 1), first(7, "customer", 1));
        assert_ne!(first(7, "ticket", 1), first(7, "ticket", 2));
    }

    #[test]
    fn choices_stay_inside_and_reach_every_item() {
        let mut chance = Chance::of(1, "test", 0);
        let mut seen = [0_u32; 5];
        for _ in 0..5000 {
            seen[chance.below(5)] += 1;
            assert!((3..=9).contains(&chance.between(3, 9)));
        }
        assert!(
            seen.iter().all(|count| (850..1150).contains(count)),
            "{seen:?}"
        );
        let heavy = (0..1000)
            .filter(|_| chance.weighted(&[("a", 9), ("b", 1)]) == "a")
            .count();
        assert!((850..950).contains(&heavy), "{heavy}");
    }

    #[test]
    fn ids_are_version_seven_and_sort_by_time() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).expect("a valid time");
        let mut chance = Chance::of(1, "id", 0);
        let (early, late) = (chance.id(at(1_700_000_000)), chance.id(at(1_700_000_001)));
        assert_eq!(early.get_version_num(), 7);
        assert!(early < late);
    }
}
