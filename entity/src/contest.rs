//! A skill contest (技能竞赛).

use sea_orm::entity::prelude::*;

use crate::enums::ContestState;

/// A row of `contests`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contests")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, unique.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// 中文名称.
    pub title_zh: String,
    /// What it is about.
    pub description: Option<String>,
    /// What has become of it.
    pub state: ContestState,
    /// Who runs it.
    pub owner_id: Uuid,
    /// What ranks get, as `Prize` of the contests' rules.
    pub prizes: Json,
    /// The user who made it.
    pub created_by: Uuid,
    /// When its results were published.
    pub published_at: Option<DateTimeUtc>,
    /// Why it was called off.
    pub reason: Option<String>,
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
    /// Who runs it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::OwnerId",
        to = "super::member::Column::Id"
    )]
    Owner,
}

impl ActiveModelBehavior for ActiveModel {}
