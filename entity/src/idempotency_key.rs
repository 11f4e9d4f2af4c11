//! Keys of requests already done, so that a repeat gives the same answer (幂等键).

use sea_orm::entity::prelude::*;

/// A row of `idempotency_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// The user or API client that sent it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor_id: Uuid,
    /// The key it chose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The mutation it was sent with.
    pub operation: String,
    /// SHA-256 of the input, in hex: the same key with another input is refused.
    pub payload_hash: String,
    /// What the mutation made or changed.
    pub result_id: Option<Uuid>,
    /// When it was first seen.
    pub created_at: DateTimeUtc,
    /// When it is forgotten.
    pub expires_at: DateTimeUtc,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
