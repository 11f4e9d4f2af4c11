//! A ticket on which a pair worked together (共同处理的工单).

use sea_orm::entity::prelude::*;

/// A row of `mentoring_tickets`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_tickets")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The pair.
    pub mentoring_id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// What was learnt from it.
    pub note: Option<String>,
    /// The user who named it.
    pub linked_by: Uuid,
    /// When that was.
    pub linked_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The pair.
    #[sea_orm(
        belongs_to = "super::mentoring::Entity",
        from = "Column::MentoringId",
        to = "super::mentoring::Column::Id"
    )]
    Mentoring,
    /// The ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
}

impl ActiveModelBehavior for ActiveModel {}
