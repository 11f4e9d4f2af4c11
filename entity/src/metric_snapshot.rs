//! A period whose figures were frozen (快照). Nothing ever changes it or takes it away.

use sea_orm::entity::prelude::*;

/// A row of `metric_snapshots`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_snapshots")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of freezing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name in English.
    pub name: String,
    /// 名称.
    pub name_zh: String,
    /// The first day.
    pub from_day: Date,
    /// The first day after it.
    pub until_day: Date,
    /// Why it was frozen.
    pub note: Option<String>,
    /// What regions were made of during the period, as was known then.
    #[sea_orm(column_type = "JsonBinary")]
    pub holdings: Json,
    /// Who froze it; none for the server itself.
    pub frozen_by: Option<Uuid>,
    /// When.
    pub frozen_at: DateTimeUtc,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
