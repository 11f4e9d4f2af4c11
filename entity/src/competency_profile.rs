//! Which competencies a position wants from a day on (能力模型版本).

use sea_orm::entity::prelude::*;

/// A row of `competency_profiles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competency_profiles")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The position.
    pub position_id: Uuid,
    /// Counts up from 1 within the position.
    pub number: i32,
    /// First day on which it holds; the next one ends it.
    pub valid_from: Date,
    /// Why it was written.
    pub note: Option<String>,
    /// The user who wrote it; none for what was loaded.
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
