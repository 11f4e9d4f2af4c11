//! What somebody who was there says of a session (培训反馈).

use sea_orm::entity::prelude::*;

/// A row of `training_feedbacks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_feedbacks")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The session.
    pub session_id: Uuid,
    /// By whom; only kept so that nobody says it twice.
    #[sea_orm(unique)]
    pub enrolment_id: Uuid,
    /// 1 (bad) to 5 (good).
    pub rating: i32,
    /// In their words.
    pub comment: Option<String>,
    /// When.
    pub given_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
