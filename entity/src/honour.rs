//! What a member is honoured with (荣誉).

use sea_orm::entity::prelude::*;

use crate::enums::{HonourKind, HonourSource};

/// A row of `honours`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "honours")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is.
    pub kind: HonourKind,
    /// Who holds it.
    pub member_id: Uuid,
    /// What it is called.
    pub title: String,
    /// What it is called in Chinese (中文称号).
    pub title_zh: String,
    /// What it is given for.
    pub citation: String,
    /// The same in Chinese (中文颁奖词).
    pub citation_zh: String,
    /// On which day it was given.
    pub given_on: Date,
    /// The first day on which it is no longer held; it lasts when none.
    pub until: Option<Date>,
    /// What it comes from.
    pub source: HonourSource,
    /// The row that it comes from; none when it was conferred.
    pub source_id: Option<Uuid>,
    /// The user who gave it; none when that was the server.
    pub given_by: Option<Uuid>,
    /// The name of that user at that time.
    pub given_by_name: Option<String>,
    /// On which day it was taken back.
    pub revoked_on: Option<Date>,
    /// Why.
    pub revoke_reason: Option<String>,
    /// The user who took it back; none when the server did, because what it came from is gone.
    pub revoked_by: Option<Uuid>,
    /// The name of that user at that time.
    pub revoked_by_name: Option<String>,
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
    /// Who holds it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
