//! What people need to do a job well, such as communication (能力项).

use sea_orm::entity::prelude::*;

/// A row of `competencies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competencies")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, unique.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// What is meant, in English.
    pub meaning: String,
    /// What is meant, in Chinese.
    pub meaning_zh: String,
    /// May it be wanted and assessed from now on?
    pub active: bool,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// It points at nothing by a key that the database holds.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
