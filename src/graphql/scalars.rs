//! Scalars of the schema: times, dates and exact numbers.

use std::fmt::Display;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{Datelike, NaiveDate, SecondsFormat, SubsecRound, TimeDelta, Utc};

use super::ids::Unread;
use crate::error::Text;

/// The years that have four digits, in UTC too: others can't be written in RFC 3339, and reckoning on from the last day that
/// there is would fail.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9_999;
/// So much of a wrong value is repeated, in characters.
const REPEATED: usize = 40;

/// The text of a value.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The refusal of a value, with what it is not, in both languages.
fn is_not<T: async_graphql::InputType>(value: Value, en: &str, zh: &str) -> InputValueError<T> {
    let shown: String = text_of(&value).chars().take(REPEATED).collect();
    let text = Text::new(
        format!("`{shown}` is not {en}"),
        format!("“{shown}”不是{zh}"),
    );
    Unread::error(value, text)
}

/// A moment in time: RFC 3339, in answers always UTC with `Z`. 时间（RFC 3339，UTC）
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// A moment in time: RFC 3339, in answers always UTC with `Z`. 时间（RFC 3339，UTC）
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        chrono::DateTime::parse_from_rfc3339(&text_of(&value))
            .ok()
            .map(|at| at.with_timezone(&Utc).trunc_subsecs(6))
            .filter(|at| YEARS.contains(&at.year()))
            .map(Self)
            .ok_or_else(|| {
                is_not(
                    value,
                    "a time such as 2026-03-01T08:00:00Z",
                    "有效的时间（例如 2026-03-01T08:00:00Z）",
                )
            })
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }
}

impl DateTime {
    /// As it stands in answers.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(at: chrono::DateTime<Utc>) -> Self {
        Self(at)
    }
}

/// A calendar day in the organisation's time zone: `YYYY-MM-DD`. 日期
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A calendar day in the organisation's time zone: `YYYY-MM-DD`. 日期
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        NaiveDate::parse_from_str(&text_of(&value), "%Y-%m-%d")
            .ok()
            .filter(|day| YEARS.contains(&day.year()))
            .map(Self)
            .ok_or_else(|| {
                is_not(
                    value,
                    "a day such as 2026-03-01",
                    "有效的日期（例如 2026-03-01）",
                )
            })
    }

    fn to_value(&self) -> Value {
        Value::String(self.text().to_string())
    }
}

impl Date {
    /// As it stands in answers.
    #[must_use]
    pub fn text(&self) -> impl Display {
        self.0
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

/// A number with up to four decimals, written as a string so that none is lost: `"12.5"`. 小数（字符串，最多四位小数）
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub crate::decimal::Decimal);

/// A number with up to four decimals, written as a string so that none is lost: `"12.5"`. 小数（字符串，最多四位小数）
#[Scalar(specified_by_url = "https://www.w3.org/TR/xmlschema11-2/#decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        text_of(&value).parse().map(Self).map_err(|()| {
            is_not(
                value,
                "a number with at most four decimals, such as \"12.5\"",
                "最多四位小数的数字（例如 \"12.5\"）",
            )
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.text().to_string())
    }
}

impl Decimal {
    /// As it stands in answers.
    #[must_use]
    pub fn text(&self) -> impl Display {
        self.0
    }
}

impl From<i64> for Decimal {
    fn from(ten_thousandths: i64) -> Self {
        Self(crate::decimal::Decimal(ten_thousandths))
    }
}

/// Any JSON value. 任意 JSON 值
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(pub serde_json::Value);

/// Any JSON value. 任意 JSON 值
#[Scalar(
    name = "JSON",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259"
)]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value.into_json()?))
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

/// A length of time in ISO 8601, such as `PT8H` or `P1DT30M`: weeks, days of 24 hours, hours, minutes and whole seconds;
/// in answers hours, minutes and seconds only. 时长（ISO 8601）
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub TimeDelta);

/// A length of time in ISO 8601, such as `PT8H` or `P1DT30M`: weeks, days of 24 hours, hours, minutes and whole seconds;
/// in answers hours, minutes and seconds only. 时长（ISO 8601）
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#appendix-A")]
impl ScalarType for Duration {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::from_iso(&text_of(&value)).ok_or_else(|| {
            is_not(
                value,
                "a length of time such as PT8H or P1DT30M",
                "有效的时长（例如 PT8H 或 P1DT30M）",
            )
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_iso())
    }
}

impl Duration {
    /// A length of so many seconds.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Self {
        Self(TimeDelta::try_seconds(seconds).unwrap_or(if seconds < 0 {
            TimeDelta::MIN
        } else {
            TimeDelta::MAX
        }))
    }

    /// Its whole seconds.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.num_seconds()
    }

    /// Reads `[-]P[nW][nD][T[nH][nM][nS]]`; years and months have no fixed length.
    fn from_iso(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let rest = rest.strip_prefix('P')?;
        let (days, times) = match rest.split_once('T') {
            Some((_, "")) => return None,
            Some((days, times)) => (days, times),
            None => (rest, ""),
        };
        if days.is_empty() && times.is_empty() {
            return None;
        }
        let days = parts(days, &[('W', 604_800), ('D', 86_400)])?;
        let times = parts(times, &[('H', 3_600), ('M', 60), ('S', 1)])?;
        let seconds = days.checked_add(times)?;
        TimeDelta::try_seconds(if negative { -seconds } else { seconds }).map(Self)
    }

    fn to_iso(self) -> String {
        use std::fmt::Write;
        let total = self.seconds();
        let left = total.unsigned_abs();
        let mut text = String::from(if total < 0 { "-PT" } else { "PT" });
        for (letter, amount) in [('H', left / 3_600), ('M', left / 60 % 60), ('S', left % 60)] {
            if amount > 0 {
                // Writing to a string can't fail.
                let _ = write!(text, "{amount}{letter}");
            }
        }
        if total == 0 {
            text.push_str("0S");
        }
        text
    }
}

/// The sum of parts such as `1W2D`, each letter at most once and in this order; `None` when something else is there.
fn parts(mut text: &str, letters: &[(char, i64)]) -> Option<i64> {
    let mut sum: i64 = 0;
    for (letter, seconds) in letters {
        if let Some((amount, rest)) = text.split_once(*letter) {
            if amount.is_empty() || !amount.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            sum = sum.checked_add(amount.parse::<i64>().ok()?.checked_mul(*seconds)?)?;
            text = rest;
        }
    }
    text.is_empty().then_some(sum)
}

impl From<TimeDelta> for Duration {
    fn from(length: TimeDelta) -> Self {
        Self(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_years_of_four_digits_are_read() {
        let text = |text: &str| Value::String(text.to_owned());
        for (day, read) in [
            ("0001-01-01", true),
            ("2026-02-28", true),
            ("9999-12-31", true),
            ("2026-02-29", false),
            ("0000-12-31", false),
            ("+10000-01-01", false),
            ("+262142-12-31", false),
            ("-0001-01-01", false),
        ] {
            assert_eq!(Date::parse(text(day)).is_ok(), read, "{day}");
        }
        for (at, read) in [
            ("0001-01-01T00:00:00Z", true),
            ("9999-12-31T23:59:59.999999Z", true),
            ("0001-01-01T00:00:00+08:00", false),
            ("9999-12-31T23:59:59-08:00", false),
            ("0000-06-01T00:00:00Z", false),
        ] {
            assert_eq!(DateTime::parse(text(at)).is_ok(), read, "{at}");
        }
    }

    #[test]
    fn what_cant_be_read_is_repeated_and_told_in_both_languages() {
        fn told<T: async_graphql::InputType>(value: Value) -> Text {
            let refused = T::parse(Some(value)).err().expect("it can't be read");
            let mut error = refused.into_server_error(async_graphql::Pos::default());
            Unread::taken_from(&mut error).expect("it is told").text
        }
        let text = |text: &str| Value::String(text.to_owned());
        for (told, en, zh) in [
            (
                told::<DateTime>(text("soon")),
                "`soon` is not a time such as 2026-03-01T08:00:00Z",
                "“soon”不是有效的时间（例如 2026-03-01T08:00:00Z）",
            ),
            (
                told::<Date>(Value::from(7)),
                "`7` is not a day such as 2026-03-01",
                "“7”不是有效的日期（例如 2026-03-01）",
            ),
            (
                told::<Decimal>(text("1.23456")),
                "`1.23456` is not a number with at most four decimals, such as \"12.5\"",
                "“1.23456”不是最多四位小数的数字（例如 \"12.5\"）",
            ),
            (
                told::<Duration>(Value::Boolean(true)),
                "`true` is not a length of time such as PT8H or P1DT30M",
                "“true”不是有效的时长（例如 PT8H 或 P1DT30M）",
            ),
        ] {
            assert_eq!(told, Text::new(en, zh));
        }
        let long = told::<Date>(text(&"x".repeat(1_000)));
        assert!(long.en.len() < 100, "{}", long.en);
    }

    #[test]
    fn lengths_of_time_are_read_and_written() {
        for (text, seconds, back) in [
            ("PT8H", Some(28_800), "PT8H"),
            ("P1DT30M", Some(88_200), "PT24H30M"),
            ("P1W", Some(604_800), "PT168H"),
            ("PT90M", Some(5_400), "PT1H30M"),
            ("PT0S", Some(0), "PT0S"),
            ("-PT61S", Some(-61), "-PT1M1S"),
            ("P", None, ""),
            ("PT", None, ""),
            ("P1DT", None, ""),
            ("P1M", None, ""),
            ("P1Y", None, ""),
            ("PT1M1H", None, ""),
            ("PT1.5H", None, ""),
            ("PT-1H", None, ""),
            ("8h", None, ""),
            ("PT99999999999999999999H", None, ""),
            ("PT9223372036854775807S", None, ""),
        ] {
            let read = Duration::from_iso(text);
            assert_eq!(read.map(Duration::seconds), seconds, "{text}");
            if let Some(read) = read {
                assert_eq!(read.to_iso(), back, "{text}");
            }
        }
    }
}
