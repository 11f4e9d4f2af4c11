//! A version of what was said at a meeting (会议纪要).

use sea_orm::entity::prelude::*;

/// A row of `meeting_minutes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_minutes")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The meeting.
    pub meeting_id: Uuid,
    /// Counts from 1.
    pub number: i32,
    /// The text.
    pub body: String,
    /// Which member wrote it.
    pub author_id: Uuid,
    /// The name of that time.
    pub author_name: String,
    /// When.
    pub written_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
