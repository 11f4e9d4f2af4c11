//! Where a team stands after it was moved: until its first move it stands where its own row says (团队归属变更).

use sea_orm::entity::prelude::*;

/// A row of `team_places`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_places")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The team.
    pub team_id: Uuid,
    /// The move that brought it there; teams below come along under the same one.
    pub move_id: Uuid,
    /// The department it belongs to then.
    pub department_id: Uuid,
    /// The team above it then.
    pub parent_id: Option<Uuid>,
    /// The region it serves then.
    pub region_id: Option<Uuid>,
    /// First day on which it holds.
    pub valid_from: Date,
    /// First day on which it no longer holds; none while no end is known.
    pub valid_to: Option<Date>,
    /// When the move was told.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The team.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
    /// The department.
    #[sea_orm(
        belongs_to = "super::department::Entity",
        from = "Column::DepartmentId",
        to = "super::department::Column::Id"
    )]
    Department,
    /// The team above it.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::ParentId",
        to = "super::team::Column::Id"
    )]
    Parent,
    /// The region.
    #[sea_orm(
        belongs_to = "super::region::Entity",
        from = "Column::RegionId",
        to = "super::region::Column::Id"
    )]
    Region,
}

impl ActiveModelBehavior for ActiveModel {}
