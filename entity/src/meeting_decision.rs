//! What a meeting has decided (决议).

use sea_orm::entity::prelude::*;

/// A row of `meeting_decisions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_decisions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The meeting.
    pub meeting_id: Uuid,
    /// Counts from 1 within the meeting.
    pub number: i32,
    /// What.
    pub body: String,
    /// When it was written down.
    pub decided_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
