//! Refresh tokens, as hashes; used ones stay, so that a second use is noticed.

use sea_orm::entity::prelude::*;

/// A row of `refresh_tokens`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The session it belongs to.
    pub session_id: Uuid,
    /// SHA-256 of the token, in hex, unique.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// When it was given out.
    pub issued_at: DateTimeUtc,
    /// When it stops counting.
    pub expires_at: DateTimeUtc,
    /// When it was exchanged for the next.
    pub used_at: Option<DateTimeUtc>,
    /// The token that came next.
    pub replaced_by: Option<Uuid>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The session it belongs to.
    #[sea_orm(
        belongs_to = "super::session::Entity",
        from = "Column::SessionId",
        to = "super::session::Column::Id"
    )]
    Session,
}

impl Related<super::session::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Session.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
