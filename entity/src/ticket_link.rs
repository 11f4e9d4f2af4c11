//! Two tickets that belong together (工单关联).

use sea_orm::entity::prelude::*;

use crate::enums::LinkKind;

/// A row of `ticket_links`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_links")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The first ticket.
    pub from_id: Uuid,
    /// The second ticket.
    pub to_id: Uuid,
    /// How.
    pub kind: LinkKind,
    /// The user who linked them.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The first ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::FromId",
        to = "super::ticket::Column::Id"
    )]
    From,
    /// The second ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::ToId",
        to = "super::ticket::Column::Id"
    )]
    To,
}

impl ActiveModelBehavior for ActiveModel {}
