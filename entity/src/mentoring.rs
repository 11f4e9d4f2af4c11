//! A senior member looks after a new one (师徒结对).

use sea_orm::entity::prelude::*;

use crate::enums::{MentoringResult, MentoringState};

/// A row of `mentorings`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentorings")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who looks after the other.
    pub mentor_id: Uuid,
    /// Who is new to the work.
    pub newcomer_id: Uuid,
    /// What has become of it.
    pub state: MentoringState,
    /// The metric by whose figures the newcomer reaches the standard.
    pub metric_key: String,
    /// The first day.
    pub started_on: Date,
    /// The first day on which it should no longer be needed.
    pub planned_end: Date,
    /// The first day on which it no longer holds.
    pub ended_on: Option<Date>,
    /// How it ended.
    pub result: Option<MentoringResult>,
    /// What is said about the result.
    pub result_note: Option<String>,
    /// The user who made it.
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
    /// The mentor.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MentorId",
        to = "super::member::Column::Id"
    )]
    Mentor,
    /// The newcomer.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::NewcomerId",
        to = "super::member::Column::Id"
    )]
    Newcomer,
}

impl ActiveModelBehavior for ActiveModel {}
