//! Events, written in the transaction that made them true and delivered from here.

use sea_orm::entity::prelude::*;

/// A row of `outbox`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Place in the order of writing; given by the database.
    #[sea_orm(primary_key)]
    pub seq: i64,
    /// Identifier of the event, a UUIDv7, unique: a receiver tells repeats by it.
    #[sea_orm(unique)]
    pub id: Uuid,
    /// When it happened.
    pub at: DateTimeUtc,
    /// What happened, such as `ticket.changed`.
    pub kind: String,
    /// The row it is about.
    pub entity_id: Uuid,
    /// What receivers need to know.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// When it was delivered; none while it waits.
    pub dispatched_at: Option<DateTimeUtc>,
    /// When the metrics had taken it in; none while it waits.
    pub counted_at: Option<DateTimeUtc>,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
