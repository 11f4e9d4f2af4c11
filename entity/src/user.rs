//! People who can sign in (用户).

use sea_orm::entity::prelude::*;

use crate::enums::{Locale, UserKind, UserStatus};

/// A row of `users`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// On whose side the user stands.
    pub kind: UserKind,
    /// Name to sign in with, lower-case, unique.
    #[sea_orm(unique)]
    pub login: String,
    /// Name shown to others.
    pub display_name: String,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// When the password was last set.
    pub password_changed_at: DateTimeUtc,
    /// The member this user is; staff only, and none for a mere administrator.
    #[sea_orm(unique)]
    pub member_id: Option<Uuid>,
    /// The partner this user acts for; exactly for partner users.
    pub partner_id: Option<Uuid>,
    /// The customer this user acts for; exactly for customer users.
    pub customer_id: Option<Uuid>,
    /// Language of labels and messages.
    pub locale: Locale,
    /// Whether the user may sign in.
    pub status: UserStatus,
    /// Counts up when all access tokens so far are to stop counting.
    pub epoch: i32,
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
    /// The member this user is.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// The partner this user acts for.
    #[sea_orm(
        belongs_to = "super::partner::Entity",
        from = "Column::PartnerId",
        to = "super::partner::Column::Id"
    )]
    Partner,
    /// The customer this user acts for.
    #[sea_orm(
        belongs_to = "super::customer::Entity",
        from = "Column::CustomerId",
        to = "super::customer::Column::Id"
    )]
    Customer,
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl Related<super::partner::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Partner.def()
    }
}

impl Related<super::customer::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Customer.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
