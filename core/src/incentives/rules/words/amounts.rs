//! Numbers and amounts as people read them.

use crate::incentives::rules::value::minor_digits;

/// The text with a capital letter first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// An amount of minor units with the decimals of its currency.
pub fn money(amount: i64, currency: &str) -> String {
    let digits = minor_digits(currency);
    let scale = 10_u64.pow(digits);
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, minor) = (amount.unsigned_abs() / scale, amount.unsigned_abs() % scale);
    let whole = grouped(&whole.to_string());
    if digits == 0 {
        format!("{sign}{whole} {currency}")
    } else {
        let width = digits as usize;
        format!("{sign}{whole}.{minor:0width$} {currency}")
    }
}

/// Digits before the point in groups of three.
pub fn grouped(number: &str) -> String {
    let (sign, number) = number
        .strip_prefix('-')
        .map_or(("", number), |rest| ("-", rest));
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            groups.push(',');
        }
        groups.push(digit);
    }
    if !decimals.is_empty() {
        groups.push('.');
        groups.push_str(decimals);
    }
    groups
}
