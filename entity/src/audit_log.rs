//! The audit log: each entry holds the hash of the one before, so that a gap or an edit shows (审计日志).

use sea_orm::entity::prelude::*;

use crate::enums::ActorKind;

/// A row of `audit_log`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    /// Place in the chain, without gaps; given by the writer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When it happened.
    pub at: DateTimeUtc,
    /// What `actor_id` is.
    pub actor_kind: ActorKind,
    /// The user or API client that did it; none for the server or before sign-in.
    pub actor_id: Option<Uuid>,
    /// The actor's name at that time.
    pub actor_name: String,
    /// What was done.
    pub action: String,
    /// On what kind of thing.
    pub entity_type: String,
    /// On which one, if on one.
    pub entity_id: Option<Uuid>,
    /// What else is to be known. The database may reorder the keys: hash a canonical form.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    /// The request that did it, as in the log.
    pub request_id: Option<String>,
    /// Hash of the entry before, in hex.
    pub prev_hash: String,
    /// Hash of this entry, in hex.
    pub hash: String,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
