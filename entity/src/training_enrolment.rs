//! A member's place in a session, or in its waiting list (报名).

use sea_orm::entity::prelude::*;

use crate::enums::{TrainingAttendance, TrainingEnrolmentState};

/// A row of `training_enrolments`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_enrolments")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The session.
    pub session_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// What has become of it.
    pub state: TrainingEnrolmentState,
    /// When it was asked for: the waiting list goes by it.
    pub queued_at: DateTimeUtc,
    /// Its turn within the session: of those at the same moment the lower one was first.
    pub turn: i64,
    /// The user who enrolled the member.
    pub enrolled_by: Uuid,
    /// When it came from the waiting list to a place.
    pub promoted_at: Option<DateTimeUtc>,
    /// When it was taken back.
    pub cancelled_at: Option<DateTimeUtc>,
    /// Whether the member was there; none while it isn't recorded.
    pub attendance: Option<TrainingAttendance>,
    /// How long the member was there.
    pub minutes: Option<i32>,
    /// The record of the certificate that attending granted.
    pub granted_id: Option<Uuid>,
    /// When that was first recorded.
    pub checked_in_at: Option<DateTimeUtc>,
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
