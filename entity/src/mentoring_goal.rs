//! A goal in the plan of a pair (带教目标).

use sea_orm::entity::prelude::*;

/// A row of `mentoring_goals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_goals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The pair.
    pub mentoring_id: Uuid,
    /// What the newcomer is to reach.
    pub goal: String,
    /// The last day for it.
    pub due_on: Date,
    /// The day on which it was reached.
    pub reached_on: Option<Date>,
    /// What is said about that.
    pub note: Option<String>,
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
    /// The pair.
    #[sea_orm(
        belongs_to = "super::mentoring::Entity",
        from = "Column::MentoringId",
        to = "super::mentoring::Column::Id"
    )]
    Mentoring,
}

impl ActiveModelBehavior for ActiveModel {}
