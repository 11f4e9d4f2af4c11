//! Who is credited with how much of a ticket (工单计分份额). Shares are never overwritten: a new set replaces the old one.

use sea_orm::entity::prelude::*;

use crate::enums::{CreditRole, CreditSource};

/// A row of `ticket_credits`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_credits")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// 0 for the first resolution, counted up by each reopening.
    pub round: i32,
    /// Who.
    pub member_id: Uuid,
    /// Owner or contributor.
    pub role: CreditRole,
    /// In hundredths of a percent; the shares of one set are 10,000 together.
    pub share: i32,
    /// By the rule, or set by a person.
    pub source: CreditSource,
    /// Why it was set.
    pub reason: Option<String>,
    /// The user who set it.
    pub recorded_by: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// When a new set took its place.
    pub replaced_at: Option<DateTimeUtc>,
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
    /// Who.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
