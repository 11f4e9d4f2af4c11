//! What a team stands for in a period: its slogan, what it does, finishes and gets (团队口号与目标).

use sea_orm::entity::prelude::*;

/// A row of `team_pledges`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_pledges")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The team.
    pub team_id: Uuid,
    /// The first day of the period.
    pub from_day: Date,
    /// The first day after it.
    pub until_day: Date,
    /// The slogan.
    pub slogan: String,
    /// What we do.
    pub does: String,
    /// What we finish.
    pub finishes: String,
    /// What we get.
    pub gets: String,
    /// The user who wrote it.
    pub created_by: Uuid,
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
    /// The team.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
}

impl ActiveModelBehavior for ActiveModel {}
