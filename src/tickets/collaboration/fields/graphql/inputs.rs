//! Values and comparisons as clients write them.

use async_graphql::{InputObject, OneofObject};

use crate::customers::graphql::DateFilter;
use crate::db::filter::{Matches, RangeMatches, TextMatches};
use crate::graphql::filters::StringFilter;
use crate::graphql::{Date, Decimal};
use crate::tickets::collaboration::fields::actions::Filling;
use crate::tickets::collaboration::fields::filter::FieldMatches;
use crate::tickets::collaboration::fields::rules::Given;

/// A value for a custom field: exactly one of these, as the field's type wants it. 字段值
#[derive(Clone, Debug, OneofObject)]
pub enum TicketFieldValueInput {
    /// For a field of the type TEXT. 文本
    Text(String),
    /// For a field of the type INTEGER or DECIMAL. 数字
    Number(Decimal),
    /// For a field of the type DATE. 日期
    Date(Date),
    /// For a field of the type FLAG. 是否
    Flag(bool),
    /// For a field of the type CHOICE: the code of the choice. 选项编码
    Choice(String),
    /// No value any more; say true. 清空
    Clear(bool),
}

/// A value for a custom field, by the field's code. 填写字段
#[derive(Clone, Debug, InputObject)]
pub struct TicketFieldInput {
    /// The field's code. 字段编码
    #[graphql(validator(max_length = 100))]
    field: String,
    /// The value. 值
    value: TicketFieldValueInput,
}

impl From<TicketFieldInput> for Filling {
    fn from(input: TicketFieldInput) -> Self {
        let value = match input.value {
            TicketFieldValueInput::Text(text) => Given::Text(text),
            TicketFieldValueInput::Number(number) => Given::Number(number.0),
            TicketFieldValueInput::Date(day) => Given::Date(day.0),
            TicketFieldValueInput::Flag(flag) => Given::Flag(flag),
            TicketFieldValueInput::Choice(code) => Given::Choice(code),
            TicketFieldValueInput::Clear(_) => Given::Clear,
        };
        Self {
            field: input.field,
            value,
        }
    }
}

/// Compares a number with up to four decimals. All given comparisons must hold. 小数条件
#[derive(Clone, Debug, InputObject)]
pub struct DecimalFilter {
    /// Equal to this. 等于
    eq: Option<Decimal>,
    /// One of these, at most 200. 属于
    r#in: Option<Vec<Decimal>>,
    /// This or larger. 不小于
    gte: Option<Decimal>,
    /// Smaller than this. 小于
    lt: Option<Decimal>,
}

impl From<DecimalFilter> for RangeMatches<i64> {
    fn from(filter: DecimalFilter) -> Self {
        Self {
            plain: Matches {
                eq: filter.eq.map(|number| number.0.0),
                one_of: filter
                    .r#in
                    .map(|numbers| numbers.into_iter().map(|number| number.0.0).collect()),
                is_null: None,
            },
            gte: filter.gte.map(|number| number.0.0),
            lt: filter.lt.map(|number| number.0.0),
        }
    }
}

/// Compares the choice of a field. All given comparisons must hold. 选项条件
#[derive(Clone, Debug, InputObject)]
pub struct ChoiceFilter {
    /// The choice of this code. 等于
    eq: Option<String>,
    /// One of the choices of these codes. 属于
    r#in: Option<Vec<String>>,
}

/// Compares the value of one custom field, by the comparison of its type. All given comparisons must hold; a field that
/// you may not see reads like one that isn't there. 自定义字段条件
#[derive(Clone, Debug, InputObject)]
pub struct TicketFieldFilter {
    /// The field's code. 字段编码
    #[graphql(validator(max_length = 100))]
    field: String,
    /// For a field of the type TEXT. 文本
    text: Option<StringFilter>,
    /// For a field of the type INTEGER or DECIMAL. 数字
    number: Option<DecimalFilter>,
    /// For a field of the type DATE. 日期
    date: Option<DateFilter>,
    /// For a field of the type FLAG. 是否
    flag: Option<bool>,
    /// For a field of the type CHOICE. 选项
    choice: Option<ChoiceFilter>,
    /// Has no value (true) or some (false). 为空
    is_null: Option<bool>,
}

impl From<TicketFieldFilter> for FieldMatches {
    fn from(filter: TicketFieldFilter) -> Self {
        let mut text: Option<TextMatches> = filter.text.map(Into::into);
        let mut date: Option<RangeMatches<chrono::NaiveDate>> = filter.date.map(Into::into);
        // A value that is missing has no row: whichever comparison asks for it, the field itself is asked.
        let missing = [
            filter.is_null,
            text.as_mut().and_then(|text| text.plain.is_null.take()),
            date.as_mut().and_then(|date| date.plain.is_null.take()),
        ];
        Self {
            code: filter.field,
            text,
            number: filter.number.map(Into::into),
            date,
            flag: filter.flag,
            choice: filter.choice.map(|choice| Matches {
                eq: choice.eq,
                one_of: choice.r#in,
                is_null: None,
            }),
            is_null: missing.into_iter().flatten().next(),
        }
    }
}
