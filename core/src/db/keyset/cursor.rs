//! Cursors: the values by which a row stands where it does, as an opaque text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use super::Sort;

/// The opaque cursor of a row under an ordering.
pub fn cursor_of<E>(model: &E::Model, tag: &str, sorts: &[Sort<E::Column>]) -> String
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let mut parts = vec![Json::from(tag)];
    parts.extend(sorts.iter().map(|sort| to_json(model.get(sort.column))));
    URL_SAFE_NO_PAD.encode(Json::from(parts).to_string())
}

fn to_json(value: Value) -> Json {
    match value {
        Value::String(Some(text)) => Json::from(text.as_str()),
        Value::ChronoDateTimeUtc(Some(at)) => {
            Json::from(at.to_rfc3339_opts(SecondsFormat::Micros, true))
        }
        Value::ChronoDate(Some(day)) => Json::from(day.to_string()),
        Value::Int(Some(number)) => Json::from(number),
        Value::BigInt(Some(number)) => Json::from(number),
        Value::Uuid(Some(id)) => Json::from(id.to_string()),
        Value::Bool(Some(flag)) => Json::from(flag),
        _ => Json::Null,
    }
}

/// The values in a cursor, if it is one of that ordering.
pub(super) fn decode<C: ColumnTrait>(
    cursor: &str,
    tag: &str,
    sorts: &[Sort<C>],
) -> Option<Vec<Value>> {
    if cursor.len() > 1_000 {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let parts: Vec<Json> = serde_json::from_slice(&bytes).ok()?;
    let (given, values) = parts.split_first()?;
    if given.as_str() != Some(tag) || values.len() != sorts.len() {
        return None;
    }
    sorts
        .iter()
        .zip(values)
        .map(|(sort, value)| from_json(sort, value))
        .collect()
}

fn from_json<C: ColumnTrait>(sort: &Sort<C>, value: &Json) -> Option<Value> {
    if value.is_null() && !sort.nullable {
        return None;
    }
    let text = value.as_str();
    Some(match sort.column.def().get_column_type() {
        ColumnType::TimestampWithTimeZone | ColumnType::Timestamp | ColumnType::DateTime => {
            let at = text
                .map(|text| DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)))
                .transpose()
                .ok()?;
            Value::ChronoDateTimeUtc(at.or_null_if(value)?)
        }
        ColumnType::Date => Value::ChronoDate(
            text.map(str::parse::<NaiveDate>)
                .transpose()
                .ok()?
                // Others stand in no row, and PostgreSQL knows no day before its own first one.
                .filter(|day| (1..=9_999).contains(&day.year()))
                .or_null_if(value)?,
        ),
        ColumnType::Integer | ColumnType::SmallInteger | ColumnType::TinyInteger => Value::Int(
            value
                .as_i64()
                .map(i32::try_from)
                .transpose()
                .ok()?
                .or_null_if(value)?,
        ),
        ColumnType::BigInteger => Value::BigInt(value.as_i64().or_null_if(value)?),
        ColumnType::Uuid => Value::Uuid(
            text.map(str::parse::<Uuid>)
                .transpose()
                .ok()?
                .or_null_if(value)?,
        ),
        ColumnType::Boolean => Value::Bool(value.as_bool().or_null_if(value)?),
        // PostgreSQL can't compare with a text that has U+0000 in it.
        _ if text.is_some_and(|text| text.contains('\0')) => return None,
        _ => Value::String(text.map(str::to_owned).or_null_if(value)?),
    })
}

/// A decoded value, unless the JSON was of another type.
trait OrNull: Sized {
    fn or_null_if(self, value: &Json) -> Option<Self>;
}

impl<T> OrNull for Option<T> {
    fn or_null_if(self, value: &Json) -> Option<Self> {
        (self.is_some() || value.is_null()).then_some(self)
    }
}
