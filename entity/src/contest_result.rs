//! What an entrant came to in a closed round (轮次成绩).

use sea_orm::entity::prelude::*;

/// A row of `contest_results`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contest_results")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contest.
    pub contest_id: Uuid,
    /// The round.
    pub round_id: Uuid,
    /// The entrant.
    pub entrant_id: Uuid,
    /// Of a hundred, in ten-thousandths; none without a score.
    pub score: Option<i64>,
    /// The place: 1, 2, 2, 4; none without a score.
    pub rank: Option<i32>,
    /// Of so many scores.
    pub scores: i32,
    /// Came into the next round?
    pub advanced: bool,
    /// When the round was closed.
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
    /// The round.
    #[sea_orm(
        belongs_to = "super::contest_round::Entity",
        from = "Column::RoundId",
        to = "super::contest_round::Column::Id"
    )]
    Round,
    /// The entrant.
    #[sea_orm(
        belongs_to = "super::contest_entrant::Entity",
        from = "Column::EntrantId",
        to = "super::contest_entrant::Column::Id"
    )]
    Entrant,
}

impl ActiveModelBehavior for ActiveModel {}
