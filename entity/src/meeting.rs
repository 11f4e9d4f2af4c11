//! People talk something over (会议).

use sea_orm::entity::prelude::*;

use crate::enums::{MeetingKind, MeetingState};

/// A row of `meetings`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meetings")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The series that it is one of.
    pub series_id: Option<Uuid>,
    /// Which day of the series it stands for, even when it was put off.
    pub series_day: Option<Date>,
    /// What it is for.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: String,
    /// The team whose meeting it is.
    pub team_id: Option<Uuid>,
    /// Which member organises it.
    pub organiser_id: Uuid,
    /// From when.
    pub starts_at: DateTimeUtc,
    /// Until when, exclusive.
    pub ends_at: DateTimeUtc,
    /// Where.
    pub place: Option<String>,
    /// The link, when it is held online.
    pub link: Option<String>,
    /// What has become of it.
    pub state: MeetingState,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// The number of the latest version of its minutes; 0 while there are none.
    pub minutes_number: i32,
    /// When it was finished.
    pub held_at: Option<DateTimeUtc>,
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
