//! Sources of facts that have been counted from all records.

use sea_orm::entity::prelude::*;

/// A row of `metric_counted_sources`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_counted_sources")]
pub struct Model {
    /// The source of the facts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// When all records had been counted.
    pub counted_at: DateTimeUtc,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
