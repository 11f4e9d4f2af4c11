//! A course on a day (培训场次).

use sea_orm::entity::prelude::*;

use crate::enums::TrainingSessionState;

/// A row of `training_sessions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_sessions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The course.
    pub course_id: Uuid,
    /// Where.
    pub place: Option<String>,
    /// The link, when it is held online.
    pub link: Option<String>,
    /// Who teaches from outside.
    pub guest_trainer: Option<String>,
    /// From when.
    pub starts_at: DateTimeUtc,
    /// Until when, exclusive.
    pub ends_at: DateTimeUtc,
    /// What attending it as a whole counts.
    pub minutes: i32,
    /// How many can take part.
    pub capacity: i32,
    /// Until when members can enrol, exclusive.
    pub enrol_until: DateTimeUtc,
    /// What has become of it.
    pub state: TrainingSessionState,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// When it was finished.
    pub held_at: Option<DateTimeUtc>,
    /// Until when those who were there can say how it was, exclusive.
    pub feedback_until: Option<DateTimeUtc>,
    /// The user who made it.
    pub created_by: Uuid,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
