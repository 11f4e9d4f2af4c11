//! A field that the organisation adds to its tickets (自定义字段).

use sea_orm::entity::prelude::*;

use crate::enums::FieldType;

/// A row of `custom_fields`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "custom_fields")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Names the field in filters and required fields, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// Kinds of ticket that have it; an empty list means all.
    #[sea_orm(column_type = "JsonBinary")]
    pub kinds: Json,
    /// What it holds.
    pub value_type: FieldType,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What to fill in.
    pub help: Option<String>,
    /// The values of a choice: code and names.
    #[sea_orm(column_type = "JsonBinary")]
    pub choices: Json,
    /// The least number, in ten-thousandths, or the least length of a text.
    pub min_value: Option<i64>,
    /// The greatest number, in ten-thousandths, or the greatest length of a text.
    pub max_value: Option<i64>,
    /// Whether customers and partners see it.
    pub public: bool,
    /// From when it is no longer filled.
    pub retired_at: Option<DateTimeUtc>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
