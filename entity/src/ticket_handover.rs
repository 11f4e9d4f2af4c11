//! An offer to hand over the ownership of a ticket (首问责任移交).

use sea_orm::entity::prelude::*;

use crate::enums::HandoverState;

/// A row of `ticket_handovers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_handovers")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// The owner.
    pub from_member_id: Option<Uuid>,
    /// Who should become it.
    pub to_member_id: Uuid,
    /// What has become of it.
    pub state: HandoverState,
    /// Why.
    pub reason: String,
    /// The user who offered it.
    pub offered_by: Uuid,
    /// What was answered.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<DateTimeUtc>,
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
    /// The owner.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::FromMemberId",
        to = "super::member::Column::Id"
    )]
    FromMember,
    /// Who should become it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::ToMemberId",
        to = "super::member::Column::Id"
    )]
    ToMember,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
