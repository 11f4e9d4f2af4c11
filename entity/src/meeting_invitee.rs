//! Somebody who is invited to a meeting, and whether they came (参会人).

use sea_orm::entity::prelude::*;

use crate::enums::MeetingAttendance;

/// A row of `meeting_invitees`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_invitees")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The meeting.
    pub meeting_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// The name of that time.
    pub name: String,
    /// Whether they came; none while it isn't recorded.
    pub attendance: Option<MeetingAttendance>,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
