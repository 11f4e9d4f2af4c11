//! One version of a metric's definition; it never changes, so that figures can be explained by it (指标版本).

use sea_orm::entity::prelude::*;

/// A row of `metric_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The metric.
    pub metric_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// Its name in English.
    pub name: String,
    /// 名称.
    pub name_zh: String,
    /// What it says, in English.
    pub meaning: String,
    /// 含义.
    pub meaning_zh: String,
    /// How it is computed.
    #[sea_orm(column_type = "JsonBinary")]
    pub definition: Json,
    /// Why it was made.
    pub note: Option<String>,
    /// The user who made it; none when it came with the product.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Since when its sums are complete; none while they are being made.
    pub counted_at: Option<DateTimeUtc>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The metric.
    #[sea_orm(
        belongs_to = "super::metric::Entity",
        from = "Column::MetricId",
        to = "super::metric::Column::Id"
    )]
    Metric,
}

impl Related<super::metric::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Metric.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
