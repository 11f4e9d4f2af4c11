//! Something that a meeting talks about (议程).

use sea_orm::entity::prelude::*;

/// A row of `meeting_agenda_items`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_agenda_items")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The meeting.
    pub meeting_id: Uuid,
    /// Its place in the order, from 1.
    pub place: i32,
    /// What.
    pub title: String,
    /// For how long.
    pub minutes: Option<i32>,
    /// Which member begins.
    pub presenter_id: Option<Uuid>,
    /// The unfinished action item that was carried over.
    pub action_item_id: Option<Uuid>,
    /// When it was put there.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
