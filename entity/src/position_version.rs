//! What is expected of whoever holds a position, from a day on; it never changes (岗位说明版本).

use sea_orm::entity::prelude::*;

/// A row of `position_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "position_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The position.
    pub position_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// What the holder does, in English.
    pub duties: String,
    /// 岗位职责.
    pub duties_zh: String,
    /// What the holder is to reach, in English.
    pub goals: String,
    /// 工作目标.
    pub goals_zh: String,
    /// How good work is told, in English.
    pub standards: String,
    /// 绩效标准.
    pub standards_zh: String,
    /// First day on which it holds; the next version ends it.
    pub valid_from: Date,
    /// Why it was written.
    pub note: Option<String>,
    /// The user who wrote it; none when it came with the data.
    pub created_by: Option<Uuid>,
    /// When it was written.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The position.
    #[sea_orm(
        belongs_to = "super::position::Entity",
        from = "Column::PositionId",
        to = "super::position::Column::Id"
    )]
    Position,
}

impl ActiveModelBehavior for ActiveModel {}
