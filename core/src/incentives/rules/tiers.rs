//! What steps of achievement bring (阶梯).
//!
//! A step holds from where it begins to before where it ends. `SLICED` applies each step to the part of the base within it;
//! fixed amounts of all steps that are reached add up. `WHOLE` applies the step in which the base lies to the whole base.

use super::content::{Tier, TierMethod, TierPays, Tiers};
use super::trace::{Nothing, Slice};
use super::value::Number;

/// What the tiers bring for a base, and each of them that brings something.
///
/// # Errors
/// A number gets too large.
pub fn bring(tiers: &Tiers, base: Number) -> Result<(Vec<Slice>, Number), Nothing> {
    let mut slices = Vec::new();
    let mut total = Number::ZERO;
    for (place, tier) in tiers.steps.iter().enumerate() {
        let Some(part) = part(tier, tiers.method, base) else {
            continue;
        };
        let brings = match tier.pays {
            TierPays::Rate(rate) | TierPays::Each(rate) => part.times(rate.into()),
            TierPays::Amount(amount) => Some(amount.into()),
        };
        let brings = brings.ok_or(Nothing::TooLarge)?;
        total = total.plus(brings).ok_or(Nothing::TooLarge)?;
        slices.push(Slice {
            tier: place,
            part,
            pays: tier.pays,
            brings,
        });
    }
    Ok((slices, total))
}

/// To which part of the base a step is applied; none when it isn't reached.
fn part(tier: &Tier, method: TierMethod, base: Number) -> Option<Number> {
    let from = Number::from(tier.from);
    let to = tier.to.map(Number::from);
    if base < from {
        return None;
    }
    let ends = to.filter(|to| base >= *to);
    match method {
        TierMethod::Whole => ends.is_none().then_some(base),
        TierMethod::Sliced => ends.unwrap_or(base).minus(from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::Decimal;

    fn tiers(method: TierMethod, steps: &[(&str, Option<&str>, TierPays)]) -> Tiers {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        Tiers {
            base: "payment.amount".into(),
            method,
            steps: steps
                .iter()
                .map(|(from, to, pays)| Tier {
                    from: number(from),
                    to: to.map(number),
                    pays: *pays,
                })
                .collect(),
        }
    }

    /// 3 % up to 10,000 yuan, 4 % on what is above, 5 % on what is above 50,000.
    #[test]
    fn an_accelerator_pays_more_on_the_part_above() {
        let rates = [
            ("0", Some("10000"), TierPays::Rate(Decimal(300))),
            ("10000", Some("50000"), TierPays::Rate(Decimal(400))),
            ("50000", None, TierPays::Rate(Decimal(500))),
        ];
        for (base, sliced, whole) in [
            ("-5", "0", "0"),
            ("0", "0", "0"),
            ("9999.99", "299.9997", "299.9997"),
            ("10000", "300", "400"),
            ("50000", "1900", "2500"),
            ("80000", "3400", "4000"),
        ] {
            for (method, brings) in [(TierMethod::Sliced, sliced), (TierMethod::Whole, whole)] {
                let (slices, total) =
                    bring(&tiers(method, &rates), base.parse().expect("a number"))
                        .expect("a small number");
                assert_eq!(total.to_string(), brings, "{base} {method:?}");
                let sum = slices
                    .iter()
                    .try_fold(Number::ZERO, |sum, slice| sum.plus(slice.brings));
                assert_eq!(sum, Some(total), "{base} {method:?}");
            }
        }
    }

    /// 200 yuan from 90 points on, 500 from 95 on; below nothing.
    #[test]
    fn fixed_amounts_add_up_or_replace_each_other() {
        let amounts = [
            ("90", Some("95"), TierPays::Amount(Decimal(2_000_000))),
            ("95", None, TierPays::Amount(Decimal(5_000_000))),
        ];
        for (base, sliced, whole) in [
            ("89.9", "0", "0"),
            ("90", "200", "200"),
            ("95", "700", "500"),
        ] {
            for (method, brings) in [(TierMethod::Sliced, sliced), (TierMethod::Whole, whole)] {
                let base: Number = base.parse().expect("a number");
                let (_, total) = bring(&tiers(method, &amounts), base).expect("a small number");
                assert_eq!(total.to_string(), brings, "{base} {method:?}");
            }
        }
    }

    #[test]
    fn each_one_above_a_number_pays() {
        let each = [("100", None, TierPays::Each(Decimal(200_000)))];
        let (slices, total) = bring(
            &tiers(TierMethod::Sliced, &each),
            "112".parse().expect("a number"),
        )
        .expect("a small number");
        assert_eq!(
            (slices[0].part.to_string(), total.to_string()),
            ("12".into(), "240".into())
        );
    }
}
