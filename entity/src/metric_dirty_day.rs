//! Days whose sums no longer fit the facts.

use sea_orm::entity::prelude::*;

/// A row of `metric_dirty_days`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_dirty_days")]
pub struct Model {
    /// The source of the facts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// The day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
