//! The history of tickets: who did what, field by field (变更记录).

use sea_orm::entity::prelude::*;

use crate::enums::ActorKind;

/// A row of `ticket_changes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_changes")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// When it happened.
    pub at: DateTimeUtc,
    /// What `actor_id` is.
    pub actor_kind: ActorKind,
    /// The user or API client that did it; none for the server.
    pub actor_id: Option<Uuid>,
    /// The actor's name at that time.
    pub actor_name: String,
    /// What was done, such as `assign`.
    pub action: String,
    /// The field that changed, if it is about one.
    pub field: Option<String>,
    /// What the field held before.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub old_value: Option<Json>,
    /// What it held afterwards.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub new_value: Option<Json>,
    /// Whether customer and partner may see it.
    pub public: bool,
    /// The request that did it, as in the log.
    pub request_id: Option<String>,
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
