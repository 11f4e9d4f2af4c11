//! A training that is proposed from needs (培训建议).

use sea_orm::entity::prelude::*;

use crate::enums::TrainingProposalState;

/// A row of `training_proposals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_proposals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The course.
    pub course_id: Uuid,
    /// What it is to mend, in words.
    pub purpose: String,
    /// 1 is the most urgent, 3 the least.
    pub priority: i32,
    /// The needs that it follows from, as `Evidence` of the needs' actions.
    #[sea_orm(column_type = "JsonBinary")]
    pub evidence: Json,
    /// What has become of it.
    pub state: TrainingProposalState,
    /// The session that came of it.
    pub session_id: Option<Uuid>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The user who decided.
    pub decided_by: Option<Uuid>,
    /// What that user was called then.
    pub decided_by_name: Option<String>,
    /// When that was.
    pub decided_at: Option<DateTimeUtc>,
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
    /// The course.
    #[sea_orm(
        belongs_to = "super::training_course::Entity",
        from = "Column::CourseId",
        to = "super::training_course::Column::Id"
    )]
    Course,
    /// The session.
    #[sea_orm(
        belongs_to = "super::training_session::Entity",
        from = "Column::SessionId",
        to = "super::training_session::Column::Id"
    )]
    Session,
}

impl ActiveModelBehavior for ActiveModel {}
