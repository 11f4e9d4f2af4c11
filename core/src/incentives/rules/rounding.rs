//! From an exact amount to whole minor units or things (取整).

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal as Exact, RoundingStrategy};

use super::content::{Rounding, RoundingMode};
use super::value::Number;

/// The amount, in major units of a currency with so many decimals, or in things with none, as a multiple of the step in minor
/// units; none when it is too large.
#[must_use]
pub fn round(amount: Number, digits: u32, rounding: Rounding) -> Option<i64> {
    let way = match rounding.mode {
        RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
        RoundingMode::Down => RoundingStrategy::ToZero,
        RoundingMode::Up => RoundingStrategy::AwayFromZero,
    };
    let step = Exact::from(rounding.step.max(1));
    let steps = amount.to_minor(digits)?.checked_div(step)?;
    steps
        .round_dp_with_strategy(0, way)
        .checked_mul(step)?
        .to_i64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_steps() {
        use RoundingMode::{Down, HalfEven, HalfUp, Up};
        for (amount, digits, mode, step, rounded) in [
            ("12.345", 2, HalfUp, 1, 1_235),
            ("12.345", 2, HalfEven, 1, 1_234),
            ("12.355", 2, HalfEven, 1, 1_236),
            ("12.349", 2, Down, 1, 1_234),
            ("12.341", 2, Up, 1, 1_235),
            ("12.34", 2, Up, 1, 1_234),
            ("149.99", 2, HalfUp, 100, 15_000),
            ("145", 2, HalfUp, 1_000, 15_000),
            ("145", 2, Down, 1_000, 14_000),
            ("1234.5", 0, HalfUp, 1, 1_235),
            ("0.0004", 3, HalfUp, 1, 0),
        ] {
            let amount = amount.parse().expect("a number");
            let rounding = Rounding { mode, step };
            assert_eq!(
                round(amount, digits, rounding),
                Some(rounded),
                "{amount} {mode:?} {step}"
            );
        }
        let large = "999999999999999".parse().expect("a number");
        let rounding = Rounding {
            mode: Down,
            step: 1,
        };
        assert_eq!(round(large, 4, rounding), None);
    }
}
