//! Members of the service organisation (成员).

use sea_orm::entity::prelude::*;

/// A row of `members`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Number for people, such as `M0001`, unique.
    #[sea_orm(unique)]
    pub number: String,
    /// Name as the member writes it.
    pub name: String,
    /// Name in Latin letters.
    pub name_en: Option<String>,
    /// First day of work.
    pub joined_on: Date,
    /// First day on which the member no longer works here.
    pub left_on: Option<Date>,
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
