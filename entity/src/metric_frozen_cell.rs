//! Sums of a period as they were when it was frozen (冻结的汇总): the columns of `metric_cells`, and whose snapshot it is.

use sea_orm::entity::prelude::*;

use crate::enums::{Dimension, Grain};

/// A row of `metric_frozen_cells`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_frozen_cells")]
pub struct Model {
    /// The snapshot.
    #[sea_orm(primary_key, auto_increment = false)]
    pub snapshot_id: Uuid,
    /// The version of the metric.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version_id: Uuid,
    /// By what it is kept apart.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dimension: Dimension,
    /// Day or month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grain: Grain,
    /// The first day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub start: Date,
    /// Which team, product and so on: a key or a word; empty for the company, `-` for those without one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// How many, in ten-thousandths.
    pub weight: i64,
    /// How many of them have a value, in ten-thousandths.
    pub counted: i64,
    /// The sum of their values, in ten-thousandths.
    pub total: i64,
    /// At least so many different members are behind it.
    pub people: i32,
}

/// It points nowhere: there is no row of it without its snapshot.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
