//! Customers whose products we look after (客户).

use sea_orm::entity::prelude::*;

use crate::enums::{CustomerKind, CustomerTier, Province};

/// A row of `customers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Number for people, such as `C000001`, unique.
    #[sea_orm(unique)]
    pub number: String,
    /// Company or person.
    pub kind: CustomerKind,
    /// Name.
    pub name: String,
    /// Where it is.
    pub province: Province,
    /// Rank.
    pub tier: CustomerTier,
    /// The partner it was won through.
    pub partner_id: Option<Uuid>,
    /// The member who looks after it.
    pub owner_id: Option<Uuid>,
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
    /// The partner it was won through.
    #[sea_orm(
        belongs_to = "super::partner::Entity",
        from = "Column::PartnerId",
        to = "super::partner::Column::Id"
    )]
    Partner,
    /// The member who looks after it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::OwnerId",
        to = "super::member::Column::Id"
    )]
    Owner,
}

impl Related<super::partner::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Partner.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Owner.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
