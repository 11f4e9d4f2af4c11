//! What a member asks about an own award (奖励疑问).

use sea_orm::entity::prelude::*;

/// A row of `incentive_questions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_questions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// Who asks.
    pub member_id: Uuid,
    /// What is asked.
    pub question: String,
    /// What was answered.
    pub answer: Option<String>,
    /// The user who answered.
    pub answered_by: Option<Uuid>,
    /// The name of that user at that time.
    pub answered_by_name: Option<String>,
    /// When.
    pub answered_at: Option<DateTimeUtc>,
    /// When the asker withdrew it.
    pub withdrawn_at: Option<DateTimeUtc>,
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
    /// The award.
    #[sea_orm(
        belongs_to = "super::incentive_award::Entity",
        from = "Column::AwardId",
        to = "super::incentive_award::Column::Id"
    )]
    Award,
    /// Who asks.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
