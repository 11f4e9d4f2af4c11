//! Dividing an amount between several people, to the last minor unit (分配).

/// The parts of a whole by their weights. Each gets what its weight says, rounded down; the minor units that remain go to those
/// with the largest remainders, of equal ones to the earlier. The parts make the whole; all are nought when no weight is
/// above nought.
#[must_use]
pub fn divide(whole: i64, weights: &[u64]) -> Vec<i64> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if total == 0 || whole <= 0 {
        return vec![0; weights.len()];
    }
    let amount = u128::from(whole.unsigned_abs());
    let mut parts: Vec<u128> = Vec::with_capacity(weights.len());
    let mut remainders: Vec<(u128, usize)> = Vec::with_capacity(weights.len());
    for (place, weight) in weights.iter().enumerate() {
        let exact = amount * u128::from(*weight);
        parts.push(exact / total);
        remainders.push((exact % total, place));
    }
    let missing = amount - parts.iter().sum::<u128>();
    remainders.sort_by(|(one, first), (other, second)| (other, first).cmp(&(one, second)));
    let missing = usize::try_from(missing).unwrap_or(usize::MAX);
    for (_, place) in remainders.into_iter().take(missing) {
        parts[place] += 1;
    }
    // No part is more than the whole, so that each of them fits.
    parts
        .into_iter()
        .map(|part| i64::try_from(part).unwrap_or(i64::MAX))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_remains_goes_to_the_largest_remainders() {
        for (whole, weights, parts) in [
            (100, &[1, 1, 1][..], &[34, 33, 33][..]),
            (101, &[1, 1, 1], &[34, 34, 33]),
            (1_000, &[8_000, 2_000], &[800, 200]),
            (1, &[8_000, 2_000], &[1, 0]),
            (5, &[5_000, 5_000], &[3, 2]),
            (10, &[0, 1], &[0, 10]),
            (10, &[0, 0], &[0, 0]),
            (0, &[1, 1], &[0, 0]),
            (-5, &[1, 1], &[0, 0]),
            (7, &[], &[]),
        ] {
            assert_eq!(divide(whole, weights), parts, "{whole} by {weights:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_make_the_whole_and_are_just(
            whole in 0..i64::MAX, weights in prop::collection::vec(0..10_000_000_000_u64, 1..12))
        {
            let parts = divide(whole, &weights);
            let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
            let down = |weight: u64| (u128::from(whole.unsigned_abs()) * u128::from(weight)).checked_div(total);
            if total > 0 {
                prop_assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(whole));
            }
            for (part, weight) in parts.iter().zip(&weights) {
                if let Some(down) = down(*weight) {
                    let part = u128::from(part.unsigned_abs());
                    prop_assert!(part == down || part == down + 1);
                }
            }
        }
    }
}
