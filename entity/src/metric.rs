//! What is measured (指标).

use sea_orm::entity::prelude::*;

/// A row of `metrics`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metrics")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name for queries and expressions, such as `tickets_resolved`; unique.
    #[sea_orm(unique)]
    pub key: String,
    /// Whether it can be asked for.
    pub active: bool,
    /// Whether it came with the product.
    pub shipped: bool,
    /// The number of the version that holds.
    pub current: i32,
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
