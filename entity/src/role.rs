//! Roles: named sets of grants (角色).

use sea_orm::entity::prelude::*;

use crate::enums::UserKind;

/// A row of `roles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name in tokens and configuration, unique.
    #[sea_orm(unique)]
    pub key: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese (中文名称).
    pub name_zh: String,
    /// What it is for, in English.
    pub description: String,
    /// What it is for, in Chinese (中文说明).
    pub description_zh: String,
    /// Whether it came with the product and can't be removed.
    pub builtin: bool,
    /// For whom it is meant; nobody else can be given it.
    pub audience: UserKind,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
