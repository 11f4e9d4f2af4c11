//! Amounts as clients read and write them: in major units of the rule's currency, or in whole things.

use crate::decimal::SCALE;
use crate::graphql::Decimal;
use crate::incentives::rules::value::minor_digits;

/// Ten-thousandths in one minor unit of a currency, or in one thing.
fn scale(currency: Option<&str>) -> i64 {
    match currency {
        None => SCALE,
        Some(currency) => 10_i64.pow(4_u32.saturating_sub(minor_digits(currency))),
    }
}

/// An amount of minor units or things.
pub fn amount(minor: i64, currency: Option<&str>) -> Decimal {
    Decimal(crate::decimal::Decimal(
        minor.saturating_mul(scale(currency)),
    ))
}

/// Minor units or things; below nought, so that it is refused, when the amount can't be written in them.
pub fn minor(amount: Decimal, currency: Option<&str>) -> i64 {
    let (parts, scale) = (amount.0.0, scale(currency));
    if parts % scale == 0 {
        parts / scale
    } else {
        -1
    }
}
