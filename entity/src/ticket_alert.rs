//! A warning before a breach, or an escalation at it (超时提醒与升级).

use sea_orm::entity::prelude::*;

use crate::enums::AlertKind;

/// A row of `ticket_alerts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_alerts")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// The clock.
    pub clock_id: Uuid,
    /// Warning or breach.
    pub kind: AlertKind,
    /// The time that it is about: when the warning was due, or the due time.
    pub at: DateTimeUtc,
    /// When it was raised.
    pub raised_at: DateTimeUtc,
    /// Whether it was found only after the server had been down.
    pub late: bool,
    /// Who should act.
    pub member_id: Option<Uuid>,
    /// The team whose lead should know.
    pub team_id: Option<Uuid>,
    /// When subscribers were told; late alerts are told together.
    pub told_at: Option<DateTimeUtc>,
    /// The user who took note.
    pub acknowledged_by: Option<Uuid>,
    /// When that was.
    pub acknowledged_at: Option<DateTimeUtc>,
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
    /// The clock.
    #[sea_orm(
        belongs_to = "super::sla_clock::Entity",
        from = "Column::ClockId",
        to = "super::sla_clock::Column::Id"
    )]
    Clock,
    /// Who should act.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// The team whose lead should know.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl Related<super::sla_clock::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Clock.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl Related<super::team::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Team.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
