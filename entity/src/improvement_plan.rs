//! What a team, a department or a region does about the results of a cycle (改进计划).

use sea_orm::entity::prelude::*;

use crate::enums::ImprovementState;

/// A row of `improvement_plans`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "improvement_plans")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The cycle whose results it is about.
    pub cycle_id: Uuid,
    /// The team; exactly one of team, department and region is there.
    pub team_id: Option<Uuid>,
    /// The department.
    pub department_id: Option<Uuid>,
    /// The region.
    pub region_id: Option<Uuid>,
    /// What is to be better.
    pub aim: String,
    /// What is done for it.
    pub measures: String,
    /// The member who sees to it.
    pub owner_id: Uuid,
    /// Until when.
    pub due_on: Date,
    /// What has become of it.
    pub state: ImprovementState,
    /// What came of it.
    pub result: Option<String>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// The user who wrote it.
    pub written_by: Uuid,
    /// The name of that user at that time.
    pub written_by_name: String,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The cycle whose results it is about.
    #[sea_orm(
        belongs_to = "super::appraisal_cycle::Entity",
        from = "Column::CycleId",
        to = "super::appraisal_cycle::Column::Id"
    )]
    Cycle,
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
    /// The region.
    #[sea_orm(
        belongs_to = "super::region::Entity",
        from = "Column::RegionId",
        to = "super::region::Column::Id"
    )]
    Region,
    /// The member who sees to it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::OwnerId",
        to = "super::member::Column::Id"
    )]
    Owner,
}

impl ActiveModelBehavior for ActiveModel {}
