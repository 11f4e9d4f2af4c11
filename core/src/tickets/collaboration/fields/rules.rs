//! Which values a field takes, and what a field itself may look like.

mod catalogue;
#[cfg(test)]
mod tests;

pub use catalogue::{check_definition, kept_bound, shown_bound};

use chrono::NaiveDate;
use entity::enums::{FieldType, TicketKind};
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::error::{Text, UserErrorCode};
use crate::tickets::collaboration::editing::rules::kind_name;

/// The longest text that a field may hold, in characters.
pub const TEXT_MAX: usize = 2_000;
/// The most values that one mutation sets.
pub const VALUES_MAX: usize = 50;

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// How it is named in inputs and filters.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
}

/// The least and the greatest number in ten-thousandths, or length of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The least.
    pub min: Option<i64>,
    /// The greatest.
    pub max: Option<i64>,
}

/// A field as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its code.
    pub code: String,
    /// The kinds of ticket that have it; none means all.
    pub kinds: Vec<TicketKind>,
    /// What it holds.
    pub value_type: FieldType,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The values of a choice.
    pub choices: Vec<Choice>,
    /// The bounds.
    pub limits: Limits,
    /// Is it no longer filled?
    pub retired: bool,
}

/// A value as somebody gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Given {
    /// A text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// The code of a choice.
    Choice(String),
    /// No value any more.
    Clear,
}

/// A value that fits its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, or the code of a choice.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
}

/// Why a value doesn't fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The kind of mistake.
    pub code: UserErrorCode,
    /// The field, the reason and the way out.
    pub text: Text,
}

/// Does a value fit a field on a ticket of that kind? `None` when it is to be cleared.
///
/// # Errors
/// The field, the reason and the way out.
pub fn check(field: &Definition, kind: TicketKind, given: &Given) -> Result<Option<Value>, Misfit> {
    if *given == Given::Clear {
        return Ok(None);
    }
    if field.retired {
        return Err(field.misfit(
            UserErrorCode::WrongState,
            "is retired and no longer filled; leave it out, or clear it",
            "已停用，不能再填写；请去掉该字段或清空",
        ));
    }
    if !field.kinds.is_empty() && !field.kinds.contains(&kind) {
        let kinds: Vec<&str> = field.kinds.iter().map(|kind| kind_name(*kind)).collect();
        let kinds = kinds.join(", ");
        return Err(field.misfit(
            UserErrorCode::Invalid,
            format!(
                "belongs to tickets of the kind {kinds}, and this one is {}; leave it out",
                kind_name(kind)
            ),
            format!("仅适用于类型为 {kinds} 的工单，请去掉该字段"),
        ));
    }
    match (field.value_type, given) {
        (FieldType::Text, Given::Text(text)) => check_text(field, text).map(Some),
        (FieldType::Integer, Given::Number(number)) if !number.is_whole() => Err(field.misfit(
            UserErrorCode::Invalid,
            format!("holds whole numbers, and {number} isn't one; round it"),
            format!("须为整数，{number} 不是整数，请取整"),
        )),
        (FieldType::Integer | FieldType::Decimal, Given::Number(number)) => {
            check_number(field, *number).map(Some)
        }
        (FieldType::Date, Given::Date(day)) => Ok(Some(Value::Date(*day))),
        (FieldType::Flag, Given::Flag(flag)) => Ok(Some(Value::Flag(*flag))),
        (FieldType::Choice, Given::Choice(code)) => check_choice(field, code).map(Some),
        (wanted, _) => {
            let argument = argument_of(wanted);
            Err(field.misfit(
                UserErrorCode::Invalid,
                format!("takes a value of another type; give it as `{argument}`"),
                format!("值类型不符，请使用 {argument} 填写"),
            ))
        }
    }
}

/// Which part of the input a type is given in.
#[must_use]
pub const fn argument_of(value_type: FieldType) -> &'static str {
    match value_type {
        FieldType::Text => "text",
        FieldType::Integer | FieldType::Decimal => "number",
        FieldType::Date => "date",
        FieldType::Flag => "flag",
        FieldType::Choice => "choice",
    }
}

fn check_text(field: &Definition, text: &str) -> Result<Value, Misfit> {
    let text = text.trim();
    if text.is_empty() {
        return Err(field.misfit(
            UserErrorCode::Blank,
            "can't be an empty text; write something, or clear it",
            "不能为空文本；请填写内容，或使用 clear 清空",
        ));
    }
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return Err(field.misfit(
            UserErrorCode::Invalid,
            "has control characters; remove them",
            "含有控制字符，请删除",
        ));
    }
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let most = field.limits.max.unwrap_or(TEXT_MAX as i64);
    if length > most {
        return Err(field.misfit(
            UserErrorCode::TooLong,
            format!("has at most {most} characters, and this has {length}; shorten it"),
            format!("最多 {most} 个字符，当前 {length} 个，请缩短"),
        ));
    }
    if let Some(least) = field.limits.min.filter(|least| length < *least) {
        return Err(field.misfit(
            UserErrorCode::TooShort,
            format!("has at least {least} characters, and this has {length}; say more"),
            format!("至少 {least} 个字符，当前 {length} 个，请补充"),
        ));
    }
    Ok(Value::Text(text.to_owned()))
}

fn check_number(field: &Definition, number: Decimal) -> Result<Value, Misfit> {
    let bounds = |en: &str, zh: &str, bound: i64, code| {
        let bound = Decimal(bound);
        Err(field.misfit(
            code,
            format!("is {en} {bound}, and {number} isn't; correct it"),
            format!("须{zh} {bound}，当前为 {number}，请更正"),
        ))
    };
    match field.limits {
        Limits { min: Some(min), .. } if number.0 < min => {
            bounds("at least", "不小于", min, UserErrorCode::TooShort)
        }
        Limits { max: Some(max), .. } if number.0 > max => {
            bounds("at most", "不大于", max, UserErrorCode::TooLong)
        }
        _ => Ok(Value::Number(number)),
    }
}

fn check_choice(field: &Definition, code: &str) -> Result<Value, Misfit> {
    if field.choices.iter().any(|choice| choice.code == code) {
        return Ok(Value::Text(code.to_owned()));
    }
    let codes: Vec<&str> = field
        .choices
        .iter()
        .map(|choice| choice.code.as_str())
        .take(20)
        .collect();
    let codes = codes.join(", ");
    Err(field.misfit(
        UserErrorCode::Invalid,
        format!("has no choice of that code; take one of {codes}"),
        format!("没有该选项，可选：{codes}"),
    ))
}

impl Definition {
    fn misfit(
        &self,
        code: UserErrorCode,
        en: impl std::fmt::Display,
        zh: impl std::fmt::Display,
    ) -> Misfit {
        let (name, name_zh, field) = (&self.name, &self.name_zh, &self.code);
        Misfit {
            code,
            text: Text::new(
                format!("{field} ({name}) {en}."),
                format!("{field}（{name_zh}）{zh}。"),
            ),
        }
    }
}

/// A value as the API and the history write it.
#[must_use]
pub fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => text.clone().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Date(day) => day.to_string().into(),
        Value::Flag(flag) => (*flag).into(),
    }
}
