//! By which version a metric was computed when a period was frozen.

use sea_orm::entity::prelude::*;

/// A row of `metric_snapshot_metrics`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_snapshot_metrics")]
pub struct Model {
    /// The snapshot.
    #[sea_orm(primary_key, auto_increment = false)]
    pub snapshot_id: Uuid,
    /// The metric's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The version that held then.
    pub version_id: Uuid,
    /// The place that its measure had in the source; none where no measure is looked at.
    pub measure: Option<i32>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The snapshot.
    #[sea_orm(
        belongs_to = "super::metric_snapshot::Entity",
        from = "Column::SnapshotId",
        to = "super::metric_snapshot::Column::Id"
    )]
    Snapshot,
    /// The version of the metric.
    #[sea_orm(
        belongs_to = "super::metric_version::Entity",
        from = "Column::VersionId",
        to = "super::metric_version::Column::Id"
    )]
    Version,
}

impl Related<super::metric_snapshot::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Snapshot.def()
    }
}

impl Related<super::metric_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Version.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
