//! What people wrote on a ticket (评论).

use sea_orm::entity::prelude::*;

use crate::enums::{ActorKind, CommentVisibility};

/// A row of `ticket_comments`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_comments")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// Who may read it.
    pub visibility: CommentVisibility,
    /// The text.
    pub body: String,
    /// What `author_id` is.
    pub author_kind: ActorKind,
    /// The user or API client that wrote it; none for the server.
    pub author_id: Option<Uuid>,
    /// The author's name at that time.
    pub author_name: String,
    /// Whether it gives a preliminary solution.
    pub solution: bool,
    /// The comment of the other ticket that it was copied from when that one was split.
    pub copied_from_id: Option<Uuid>,
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
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
