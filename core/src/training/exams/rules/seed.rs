//! Seeded chance: our own few lines, so that no release of a library ever changes what a seed stands for.

/// The odd constant of SplitMix64: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of chance (SplitMix64) that depends only on the seed and the subject.
#[derive(Clone, Debug)]
pub struct Stream(u64);

fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl Stream {
    /// The stream of a seed for one subject.
    pub fn of(seed: i64, subject: u64) -> Self {
        let seed = u64::from_ne_bytes(seed.to_ne_bytes());
        Self(mix(
            mix(seed.wrapping_add(GOLDEN)) ^ subject.wrapping_mul(GOLDEN)
        ))
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number from 0 to `count - 1`; 0 when there is nothing to choose.
    fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.bits()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Brings items into an order in which each is as likely as any other (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(seed: i64, subject: u64) -> Vec<u32> {
        let mut items: Vec<u32> = (0..20).collect();
        Stream::of(seed, subject).shuffle(&mut items);
        items
    }

    #[test]
    fn the_order_depends_on_seed_and_subject() {
        assert_eq!(order(7, 1), order(7, 1));
        assert_ne!(order(7, 1), order(8, 1));
        assert_ne!(order(7, 1), order(7, 2));
        assert_ne!(order(-7, 1), order(7, 1));
    }

    #[test]
    fn every_place_is_as_likely_as_any_other() {
        let mut first = [0_u32; 5];
        for seed in 0..5000 {
            let mut items = [0, 1, 2, 3, 4];
            Stream::of(seed, 0).shuffle(&mut items);
            first[items[0]] += 1;
        }
        assert!(
            first.iter().all(|count| (850..1150).contains(count)),
            "{first:?}"
        );
    }
}
