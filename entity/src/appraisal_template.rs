//! A kind of appraisal for a job family (考核模板).

use sea_orm::entity::prelude::*;

use crate::enums::JobFamily;

/// A row of `appraisal_templates`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_templates")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it is called in Chinese (中文名称).
    pub name_zh: String,
    /// For positions of which family.
    pub family: JobFamily,
    /// Since when it is not used any more.
    pub retired_at: Option<DateTimeUtc>,
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
