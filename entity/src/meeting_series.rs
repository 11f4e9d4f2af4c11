//! Meetings that come again and again (例会系列).

use sea_orm::entity::prelude::*;

use crate::enums::{MeetingKind, MeetingRhythm};

/// A row of `meeting_series`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_series")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What they are for.
    pub kind: MeetingKind,
    /// What they are called.
    pub title: String,
    /// The team whose meetings they are.
    pub team_id: Option<Uuid>,
    /// Which member organises them.
    pub organiser_id: Uuid,
    /// How often.
    pub rhythm: MeetingRhythm,
    /// The first day.
    pub first_day: Date,
    /// From when by the wall clock, in minutes after midnight.
    pub start_minute: i32,
    /// How long one takes.
    pub minutes: i32,
    /// Where.
    pub place: Option<String>,
    /// The link, when they are held online.
    pub link: Option<String>,
    /// Up to which day they are planned, inclusive.
    pub planned_until: Date,
    /// When the series was ended.
    pub ended_at: Option<DateTimeUtc>,
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
