//! What a department, team or position is called from a day on (更名).

use sea_orm::entity::prelude::*;

/// A row of `structure_names`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "structure_names")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The department, when it is one's name.
    pub department_id: Option<Uuid>,
    /// The team, when it is one's name.
    pub team_id: Option<Uuid>,
    /// The position, when it is one's name.
    pub position_id: Option<Uuid>,
    /// Name in English.
    pub name: String,
    /// Name in Chinese (中文名称).
    pub name_zh: String,
    /// First day on which it holds.
    pub valid_from: Date,
    /// First day on which it no longer holds; none while no end is known.
    pub valid_to: Option<Date>,
    /// When it was told.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The department.
    #[sea_orm(
        belongs_to = "super::department::Entity",
        from = "Column::DepartmentId",
        to = "super::department::Column::Id"
    )]
    Department,
    /// The team.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
    /// The position.
    #[sea_orm(
        belongs_to = "super::position::Entity",
        from = "Column::PositionId",
        to = "super::position::Column::Id"
    )]
    Position,
}

impl ActiveModelBehavior for ActiveModel {}
