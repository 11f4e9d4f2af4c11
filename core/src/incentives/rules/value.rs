//! Numbers, amounts of money and the other values of facts, all of them exact.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::{Decimal as Exact, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decimal::{Decimal, SCALE};
use crate::money::decimals;

/// How many digits before the point a number can have.
pub const DIGITS: u32 = 15;

/// An exact decimal of at most 15 digits before the point and 28 digits in all. A quotient or a product that has more of them is
/// rounded at the 28th, halves to the even digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Exact);

impl Number {
    /// Nought.
    pub const ZERO: Self = Self(Exact::ZERO);
    /// One.
    pub const ONE: Self = Self(Exact::ONE);

    /// A whole number; none when it has too many digits.
    #[must_use]
    pub fn whole(number: i64) -> Option<Self> {
        Self::within(Some(Exact::from(number)))
    }

    /// An amount of minor units as a number of major ones; `digits` is how many decimals the currency has.
    #[must_use]
    pub fn from_minor(amount: i64, digits: u32) -> Option<Self> {
        Self::within(Exact::try_new(amount, digits).ok())
    }

    /// The number of minor units that this many major ones are, not rounded yet.
    #[must_use]
    pub fn to_minor(self, digits: u32) -> Option<Exact> {
        self.0.checked_mul(Exact::from(10_i64.checked_pow(digits)?))
    }

    fn within(number: Option<Exact>) -> Option<Self> {
        let number = number?.normalize();
        (number.abs() < Exact::from(10_i64.pow(DIGITS))).then_some(Self(number))
    }

    /// The sum; none when it has too many digits, like all that follow.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::within(self.0.checked_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::within(self.0.checked_sub(other.0))
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Self::within(self.0.checked_mul(other.0))
    }

    /// The quotient; none too when it is divided by nought.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        Self::within(self.0.checked_div(other.0))
    }

    /// The same number below nought, or above it again.
    #[must_use]
    pub fn negated(self) -> Self {
        if self.is_zero() { self } else { Self(-self.0) }
    }

    /// Without what stands behind the point.
    #[must_use]
    pub fn truncated(self) -> Self {
        Self(self.0.trunc().normalize())
    }

    /// Is it nought?
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Is it below nought?
    #[must_use]
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// With at most so many decimals, halves away from nought: for showing only.
    #[must_use]
    pub fn shown(self, decimals: u32) -> Self {
        let way = RoundingStrategy::MidpointAwayFromZero;
        Self(self.0.round_dp_with_strategy(decimals, way).normalize())
    }
}

impl From<Decimal> for Number {
    fn from(number: Decimal) -> Self {
        let scale = SCALE.ilog10();
        Self(Exact::new(number.0, scale).normalize())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Number {
    type Err = ();

    /// Digits with an optional sign and decimals, such as `-12.5`; nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(decimals) {
            return Err(());
        }
        Self::within(Exact::from_str_exact(text).ok()).ok_or(())
    }
}

/// As a text, so that no reader makes a binary fraction of it.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|()| serde::de::Error::custom("not a decimal number such as 12.5"))
    }
}

/// What a fact can be worth.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Value {
    /// A number.
    Number(Number),
    /// An amount of money.
    Money(Money),
    /// A word, such as the key of a band.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Day(NaiveDate),
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In minor units, such as fen.
    pub amount: i64,
    /// The currency by ISO 4217, such as `CNY`.
    pub currency: String,
}

/// A fact as it is known of a member or a record, with what it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FactValue {
    /// What it is; none when it isn't known.
    pub value: Option<Value>,
    /// The ids of records behind it, at most [`FactValue::RECORDS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<String>,
    /// How many records are behind it altogether, where that is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Where the rest of them is found, such as the id of the snapshot from which a metric was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl FactValue {
    /// The most records that are named; the others are found through the source.
    pub const RECORDS: usize = 50;

    /// A value with nothing behind it.
    #[must_use]
    pub const fn of(value: Value) -> Self {
        Self {
            value: Some(value),
            records: Vec::new(),
            count: None,
            source: None,
        }
    }

    /// A value with the records behind it.
    #[must_use]
    pub fn behind(value: Value, records: Vec<String>) -> Self {
        let count = u64::try_from(records.len()).ok();
        let records = records.into_iter().take(Self::RECORDS).collect();
        Self {
            value: Some(value),
            records,
            count,
            source: None,
        }
    }
}

/// Facts by their key; one that isn't there is missing.
pub type Facts = BTreeMap<String, FactValue>;

/// How many decimals a currency has by ISO 4217: two, but for those that are listed.
#[must_use]
pub fn minor_digits(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// Is it the code of a currency that is known here?
#[must_use]
pub fn is_currency(code: &str) -> bool {
    decimals(code).is_some()
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
