//! A prize that an entrant won (奖项); for incentives to take up.

use sea_orm::entity::prelude::*;

/// A row of `contest_awards`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contest_awards")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contest.
    pub contest_id: Uuid,
    /// The entrant.
    pub entrant_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// The place in the whole contest.
    pub rank: i32,
    /// What the prize is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// When it was won: on publication.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The contest.
    #[sea_orm(
        belongs_to = "super::contest::Entity",
        from = "Column::ContestId",
        to = "super::contest::Column::Id"
    )]
    Contest,
    /// The entrant.
    #[sea_orm(
        belongs_to = "super::contest_entrant::Entity",
        from = "Column::EntrantId",
        to = "super::contest_entrant::Column::Id"
    )]
    Entrant,
    /// The member.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
