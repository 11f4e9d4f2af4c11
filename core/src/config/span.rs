//! Lengths of time as people write them: `500ms`, `10s`, `15m`, `8h`, `30d`.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serializer, de};

const UNITS: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

/// Reads `10s` and the like.
///
/// # Errors
/// Says which forms there are.
pub fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let factor = UNITS
        .iter()
        .find(|(name, _)| *name == unit.trim())
        .map(|(_, factor)| *factor);
    number
        .parse::<u64>()
        .ok()
        .zip(factor)
        .and_then(|(number, factor)| number.checked_mul(factor))
        .map(Duration::from_millis)
        .ok_or_else(|| {
            format!("\"{text}\" is no length of time: write a whole number with ms, s, m, h or d, such as 10s")
        })
}

/// Writes it in the largest unit that shows it exactly.
#[must_use]
pub fn print(span: Duration) -> String {
    let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    let (unit, factor) = UNITS
        .iter()
        .rev()
        .find(|(_, factor)| millis >= *factor && millis % factor == 0)
        .unwrap_or(&UNITS[1]);
    format!("{}{unit}", millis / factor)
}

/// For `#[serde(with)]`.
///
/// # Errors
/// When the serializer fails.
pub fn serialize<S: Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&print(*span))
}

/// For `#[serde(with)]`.
///
/// # Errors
/// When it is no length of time.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written_back() {
        for text in ["250ms", "10s", "15m", "8h", "30d"] {
            assert_eq!(print(parse(text).expect("a length of time")), text);
        }
        assert_eq!(print(Duration::ZERO), "0s");
        for wrong in ["", "10", "s", "-1s", "1.5h", "99999999999999999d", "1 year"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
