//! Sign-ins: each is the family of the refresh tokens that follow one another (会话).

use sea_orm::entity::prelude::*;

use crate::enums::RevokeReason;

/// A row of `sessions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The user, unless it is an API client's.
    pub user_id: Option<Uuid>,
    /// The API client, unless it is a user's.
    pub api_client_id: Option<Uuid>,
    /// When it began.
    pub created_at: DateTimeUtc,
    /// When a token was last drawn from it.
    pub last_used_at: DateTimeUtc,
    /// When it ends at the latest.
    pub expires_at: DateTimeUtc,
    /// When it was ended before its time.
    pub revoked_at: Option<DateTimeUtc>,
    /// Why it was ended.
    pub revoke_reason: Option<RevokeReason>,
    /// What the client called itself at sign-in.
    pub user_agent: Option<String>,
    /// Network address at sign-in.
    pub address: Option<String>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The user.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
    /// The API client.
    #[sea_orm(
        belongs_to = "super::api_client::Entity",
        from = "Column::ApiClientId",
        to = "super::api_client::Column::Id"
    )]
    ApiClient,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::api_client::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ApiClient.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
