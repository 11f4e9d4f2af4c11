//! To whom a ticket was given, and why (派单决策).

use sea_orm::entity::prelude::*;

use crate::enums::{ActorKind, DispatchMode};

/// A row of `dispatch_decisions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dispatch_decisions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// By the ranking or by a person.
    pub mode: DispatchMode,
    /// Who got it; none when nobody could.
    pub chosen_member_id: Option<Uuid>,
    /// What `actor_id` is.
    pub actor_kind: ActorKind,
    /// Who asked for it.
    pub actor_id: Option<Uuid>,
    /// Their name at that time.
    pub actor_name: String,
    /// Why the ranking was overruled.
    pub reason: Option<String>,
    /// Skills with levels, team and province that were asked for.
    #[sea_orm(column_type = "JsonBinary")]
    pub requirements: Json,
    /// The weights of load, fit and fairness.
    #[sea_orm(column_type = "JsonBinary")]
    pub weights: Json,
    /// How long the ticket had waited.
    pub waited_seconds: i64,
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
    /// Who got it; none when nobody could.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::ChosenMemberId",
        to = "super::member::Column::Id"
    )]
    ChosenMember,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ChosenMember.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
