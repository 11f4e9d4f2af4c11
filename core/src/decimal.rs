//! Numbers with up to four decimals, kept exactly: as whole ten-thousandths.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many parts make one.
pub const SCALE: i64 = 10_000;

/// A number with up to four decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub i64);

impl Decimal {
    /// Has it no decimals?
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % SCALE == 0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, scale) = (self.0.unsigned_abs(), SCALE.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:04}", parts / scale, parts % scale);
        formatter.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl FromStr for Decimal {
    type Err = ();

    /// Digits with an optional sign and at most four decimals; nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(decimals) || decimals.len() > 4 {
            return Err(());
        }
        let whole: i64 = whole.parse().map_err(|_| ())?;
        let parts: i64 = format!("{decimals:0<4}").parse().map_err(|_| ())?;
        whole
            .checked_mul(SCALE)
            .and_then(|whole| whole.checked_add(parts))
            .map(|number| Self(sign * number))
            .ok_or(())
    }
}

/// As a text, so that no reader makes a binary fraction of it.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|()| serde::de::Error::custom("not a number with at most four decimals"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_read_and_written_without_loss() {
        for (text, parts, written) in [
            ("0", 0, "0"),
            ("-0", 0, "0"),
            ("1.5", 15_000, "1.5"),
            ("-1.0500", -10_500, "-1.05"),
            ("0.0001", 1, "0.0001"),
            ("100", 1_000_000, "100"),
            ("922337203685477.5807", i64::MAX, "922337203685477.5807"),
        ] {
            assert_eq!(text.parse(), Ok(Decimal(parts)), "{text}");
            assert_eq!(Decimal(parts).to_string(), written);
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1.00001",
            "1e3",
            "+1",
            " 1",
            "１",
            "--1",
            "922337203685477.5808",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(parts in (i64::MIN + 1)..=i64::MAX) {
            prop_assert_eq!(Decimal(parts).to_string().parse(), Ok(Decimal(parts)));
            let json = serde_json::to_value(Decimal(parts)).expect("JSON");
            prop_assert_eq!(serde_json::from_value(json).ok(), Some(Decimal(parts)));
        }
    }
}
