//! Each stay of a ticket in a stage (阶段记录).

use sea_orm::entity::prelude::*;

use crate::enums::TicketStage;

/// A row of `ticket_stage_entries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_stage_entries")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// The stage.
    pub stage: TicketStage,
    /// When the stay began.
    pub entered_at: DateTimeUtc,
    /// When it ended; none while it lasts.
    pub left_at: Option<DateTimeUtc>,
    /// 1 for the first stay in this stage, then counting up.
    pub visit: i32,
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
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
