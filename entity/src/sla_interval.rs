//! A stretch of a clock in which it ran or was paused: the ledger that explains every due time (计时区间).

use sea_orm::entity::prelude::*;

use crate::enums::{SlaClockState, SlaReason};

/// A row of `sla_intervals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sla_intervals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The clock.
    pub clock_id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// Counts up from 1 within the clock.
    pub number: i32,
    /// Running, paused, or stopped until a reopening.
    pub state: SlaClockState,
    /// Why it began.
    pub reason: SlaReason,
    /// The policy that held.
    pub policy_version_id: Uuid,
    /// The calendar that held.
    pub calendar_version_id: Uuid,
    /// Working time allowed.
    pub target_seconds: i64,
    /// When it began.
    pub from_at: DateTimeUtc,
    /// When it ended; none for the present one.
    pub to_at: Option<DateTimeUtc>,
    /// Working seconds of the clock before it.
    pub ran_before: i64,
    /// Working seconds within it; none while it lasts, 0 when paused.
    pub ran_seconds: Option<i64>,
    /// The due time that held in it; none when paused.
    pub due_at: Option<DateTimeUtc>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The clock.
    #[sea_orm(
        belongs_to = "super::sla_clock::Entity",
        from = "Column::ClockId",
        to = "super::sla_clock::Column::Id"
    )]
    Clock,
    /// The ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
    /// The policy that held.
    #[sea_orm(
        belongs_to = "super::sla_policy_version::Entity",
        from = "Column::PolicyVersionId",
        to = "super::sla_policy_version::Column::Id"
    )]
    PolicyVersion,
    /// The calendar that held.
    #[sea_orm(
        belongs_to = "super::calendar_version::Entity",
        from = "Column::CalendarVersionId",
        to = "super::calendar_version::Column::Id"
    )]
    CalendarVersion,
}

impl Related<super::sla_clock::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Clock.def()
    }
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl Related<super::sla_policy_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::PolicyVersion.def()
    }
}

impl Related<super::calendar_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CalendarVersion.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
