//! What the facts of a day or a month add up to, for one version of a metric and one part of the company (汇总).

use sea_orm::entity::prelude::*;

use crate::enums::{Dimension, Grain};

/// A row of `metric_cells`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_cells")]
pub struct Model {
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

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The version of the metric.
    #[sea_orm(
        belongs_to = "super::metric_version::Entity",
        from = "Column::VersionId",
        to = "super::metric_version::Column::Id"
    )]
    Version,
}

impl Related<super::metric_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Version.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
