//! A joint task force: a team with a goal and an end (联合工作组).

use sea_orm::entity::prelude::*;

/// A row of `task_forces`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_forces")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The team that it works as.
    #[sea_orm(unique)]
    pub team_id: Uuid,
    /// What it is to reach.
    pub goal: String,
    /// Who leads it.
    pub lead_id: Uuid,
    /// First day on which it should no longer be needed.
    pub planned_end: Date,
    /// First day on which it no longer exists; none while it is at work.
    pub dissolved_on: Option<Date>,
    /// What came of it.
    pub result: Option<String>,
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
    /// The team that it works as.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
    /// Who leads it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::LeadId",
        to = "super::member::Column::Id"
    )]
    Lead,
}

impl ActiveModelBehavior for ActiveModel {}
