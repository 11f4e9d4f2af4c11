//! One clock of a ticket (服务计时).

use sea_orm::entity::prelude::*;

use crate::enums::{SlaClockKind, SlaClockState};

/// A row of `sla_clocks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sla_clocks")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// What it measures.
    pub kind: SlaClockKind,
    /// The stay in a step that it measures.
    pub step_entry_id: Option<Uuid>,
    /// The policy that holds.
    pub policy_version_id: Uuid,
    /// The calendar that holds.
    pub calendar_version_id: Uuid,
    /// Working time allowed.
    pub target_seconds: i64,
    /// Whether it runs.
    pub state: SlaClockState,
    /// When it was started.
    pub started_at: DateTimeUtc,
    /// When the target is used up if it runs on; none while it is paused.
    pub due_at: Option<DateTimeUtc>,
    /// When a warning is due; none while it is paused.
    pub warn_at: Option<DateTimeUtc>,
    /// Working time up to the beginning of the present interval.
    pub ran_seconds: i64,
    /// When what it measures happened.
    pub stopped_at: Option<DateTimeUtc>,
    /// Whether it happened in time; none while it is open.
    pub met: Option<bool>,
    /// When the target was missed.
    pub breached_at: Option<DateTimeUtc>,
    /// When the warning was given.
    pub warned_at: Option<DateTimeUtc>,
    /// When the breach was escalated.
    pub escalated_at: Option<DateTimeUtc>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
    /// The stay in a step that it measures.
    #[sea_orm(
        belongs_to = "super::ticket_step_entry::Entity",
        from = "Column::StepEntryId",
        to = "super::ticket_step_entry::Column::Id"
    )]
    StepEntry,
    /// The policy that holds.
    #[sea_orm(
        belongs_to = "super::sla_policy_version::Entity",
        from = "Column::PolicyVersionId",
        to = "super::sla_policy_version::Column::Id"
    )]
    PolicyVersion,
    /// The calendar that holds.
    #[sea_orm(
        belongs_to = "super::calendar_version::Entity",
        from = "Column::CalendarVersionId",
        to = "super::calendar_version::Column::Id"
    )]
    CalendarVersion,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl Related<super::ticket_step_entry::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::StepEntry.def()
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
