//! A stay of a ticket in a step (步骤记录).

use sea_orm::entity::prelude::*;

/// A row of `ticket_step_entries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_step_entries")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// The step.
    pub step_id: Uuid,
    /// When it began.
    pub entered_at: DateTimeUtc,
    /// When it ended.
    pub left_at: Option<DateTimeUtc>,
    /// 1 for the first stay in this step.
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
    /// The step.
    #[sea_orm(
        belongs_to = "super::process_step::Entity",
        from = "Column::StepId",
        to = "super::process_step::Column::Id"
    )]
    Step,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl Related<super::process_step::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Step.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
