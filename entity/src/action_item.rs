//! What somebody is to do after a meeting, by when (行动项).

use sea_orm::entity::prelude::*;

use crate::enums::ActionItemState;

/// A row of `action_items`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "action_items")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The meeting from which it comes.
    pub meeting_id: Uuid,
    /// The series of that meeting.
    pub series_id: Option<Uuid>,
    /// What.
    pub title: String,
    /// More about it.
    pub detail: Option<String>,
    /// Which member does it.
    pub owner_id: Uuid,
    /// By when, that day included.
    pub due_on: Date,
    /// How far it is.
    pub state: ActionItemState,
    /// What came of it, or why it was dropped.
    pub note: Option<String>,
    /// When it was done or dropped.
    pub closed_at: Option<DateTimeUtc>,
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
