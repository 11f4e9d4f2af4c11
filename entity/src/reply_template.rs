//! A prepared reply (沟通模板).

use sea_orm::entity::prelude::*;

/// A row of `reply_templates`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_templates")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short name for configuration and imports, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// The text in English, with variables.
    pub body_en: String,
    /// 中文内容，含变量.
    pub body_zh: String,
    /// Kinds of ticket that it is for; an empty list means all.
    #[sea_orm(column_type = "JsonBinary")]
    pub kinds: Json,
    /// Whether it is offered.
    pub active: bool,
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
