//! Courses in an order, for a position or for whoever likes (学习路径).

use sea_orm::entity::prelude::*;

/// A row of `training_paths`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_paths")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its code, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What it is for.
    pub description: String,
    /// The position whose holders must do it; none when nobody must.
    pub position_id: Option<Uuid>,
    /// Within how many days after coming to the position.
    pub days_limit: Option<i32>,
    /// Since when it must be done; nobody's time began earlier.
    pub mandatory_from: Option<Date>,
    /// Since when it isn't used any more.
    pub retired_at: Option<DateTimeUtc>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
