//! Money, exactly: whole minor units (分) of a currency, and how an amount is shared out to the last of them.

use crate::decimal::Decimal;

/// The most minor units of one amount: ten billion yuan. Sums of a great many such amounts are still exact.
pub const MOST: i64 = 1_000_000_000_000;

/// Currencies that amounts may be in, by ISO 4217, each with the decimals of its minor unit.
const CURRENCIES: [(&str, u32); 34] = [
    ("AED", 2),
    ("AUD", 2),
    ("BHD", 3),
    ("BRL", 2),
    ("CAD", 2),
    ("CHF", 2),
    ("CNY", 2),
    ("CZK", 2),
    ("DKK", 2),
    ("EUR", 2),
    ("GBP", 2),
    ("HKD", 2),
    ("HUF", 2),
    ("IDR", 2),
    ("INR", 2),
    ("JPY", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("MOP", 2),
    ("MXN", 2),
    ("MYR", 2),
    ("NOK", 2),
    ("NZD", 2),
    ("PHP", 2),
    ("PLN", 2),
    ("RUB", 2),
    ("SAR", 2),
    ("SEK", 2),
    ("SGD", 2),
    ("THB", 2),
    ("TWD", 2),
    ("USD", 2),
    ("VND", 0),
    ("ZAR", 2),
];

/// How many decimals the minor unit of a currency stands at; none for a currency that isn't known here.
#[must_use]
pub fn decimals(currency: &str) -> Option<u32> {
    let known = |(code, _): &&(&str, u32)| *code == currency;
    CURRENCIES.iter().find(known).map(|(_, decimals)| *decimals)
}

/// Ten-thousandths of the major unit in one minor unit.
fn scale(currency: &str) -> i64 {
    10_i64.pow(4 - decimals(currency).unwrap_or(2))
}

/// Minor units as a number of major ones: 1234 fen are 12.34 yuan.
#[must_use]
pub fn to_major(minor: i64, currency: &str) -> Decimal {
    Decimal(minor.saturating_mul(scale(currency)))
}

/// A number of major units as minor ones; none when it has more decimals than the currency, or the currency isn't known.
#[must_use]
pub fn to_minor(major: Decimal, currency: &str) -> Option<i64> {
    decimals(currency)?;
    let scale = scale(currency);
    (major.0 % scale == 0).then(|| major.0 / scale)
}

/// Shares an amount out by weights, by the method of the largest remainder (最大余数法): every part is the exact one rounded
/// down or up, the parts add up to the amount, and a weight of nought gets nothing. Of equal remainders the first one gets the
/// unit that is left. Nothing when a weight is below nought or all are nought.
#[must_use]
pub fn split(amount: i64, weights: &[i64]) -> Option<Vec<i64>> {
    let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if total == 0 || weights.iter().any(|weight| *weight < 0) {
        return None;
    }
    let (whole, sign) = (i128::from(amount).abs(), i128::from(amount.signum()));
    let exact = weights.iter().map(|weight| whole * i128::from(*weight));
    let (mut parts, remainders): (Vec<i128>, Vec<i128>) = exact
        .map(|product| (product / total, product % total))
        .unzip();
    // Fewer units are left than there are parts that were rounded down.
    let left = whole - parts.iter().sum::<i128>();
    let mut places: Vec<usize> = (0..parts.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(remainders[*place]));
    for place in places
        .into_iter()
        .take(usize::try_from(left).unwrap_or_default())
    {
        parts[place] += 1;
    }
    let signed = |part: i128| i64::try_from(part * sign).ok();
    parts.into_iter().map(signed).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_shared_out_to_the_last_unit() {
        for (amount, weights, parts) in [
            (100, vec![1, 1, 1], Some(vec![34, 33, 33])),
            (1, vec![5_000, 5_000], Some(vec![1, 0])),
            (10_001, vec![6_000, 4_000], Some(vec![6_001, 4_000])),
            (-100, vec![1, 1, 1], Some(vec![-34, -33, -33])),
            (5, vec![0, 7, 0], Some(vec![0, 5, 0])),
            (0, vec![1, 2], Some(vec![0, 0])),
            (7, vec![], None),
            (7, vec![0, 0], None),
            (7, vec![2, -1], None),
        ] {
            assert_eq!(split(amount, &weights), parts, "{amount} by {weights:?}");
        }
    }

    #[test]
    fn amounts_are_read_and_written_in_their_currency() {
        for (minor, currency, major) in [
            (123_456, "CNY", "1234.56"),
            (-5, "CNY", "-0.05"),
            (1_234, "JPY", "1234"),
            (1_234, "KWD", "1.234"),
        ] {
            assert_eq!(to_major(minor, currency).to_string(), major);
            let back = major
                .parse()
                .ok()
                .and_then(|major| to_minor(major, currency));
            assert_eq!(back, Some(minor));
        }
        for (major, currency) in [("0.005", "CNY"), ("0.5", "JPY"), ("1", "XXX"), ("1", "cny")] {
            let minor = major
                .parse()
                .ok()
                .and_then(|major| to_minor(major, currency));
            assert_eq!(minor, None, "{major} {currency}");
        }
    }

    proptest! {
        #[test]
        fn parts_add_up_and_are_rounded_by_less_than_one(
            amount in -MOST..=MOST,
            weights in proptest::collection::vec(0..=10_000_i64, 1..12),
        ) {
            let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            let Some(parts) = split(amount, &weights) else {
                prop_assert_eq!(total, 0);
                return Ok(());
            };
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            for (part, weight) in parts.iter().zip(&weights) {
                let off = i128::from(*part) * total - i128::from(amount) * i128::from(*weight);
                prop_assert!(off.abs() < total);
                prop_assert!(*weight > 0 || *part == 0);
            }
        }

        #[test]
        fn a_part_never_exceeds_its_weight_when_the_weights_are_what_is_left(
            weights in proptest::collection::vec(0..=MOST, 1..12),
            hundredths in 0..=10_000_i128,
        ) {
            let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            let amount = i64::try_from(total * hundredths / 10_000).expect("it fits");
            for (part, weight) in split(amount, &weights).unwrap_or_default().iter().zip(&weights) {
                prop_assert!(part <= weight);
            }
        }
    }
}
