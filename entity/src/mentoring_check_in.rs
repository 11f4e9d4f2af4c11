//! What was noted about a pair on a day (带教记录); never changed.

use sea_orm::entity::prelude::*;

/// A row of `mentoring_check_ins`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_check_ins")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The pair.
    pub mentoring_id: Uuid,
    /// The day of the talk.
    pub held_on: Date,
    /// How the newcomer gets on, 1 to 5; none in the newcomer's own notes.
    pub rating: Option<i32>,
    /// What was said.
    pub note: String,
    /// The user who wrote it.
    pub written_by: Uuid,
    /// What that user was called then.
    pub written_by_name: String,
    /// When it was written.
    pub created_at: DateTimeUtc,
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
