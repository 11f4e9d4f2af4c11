//! What a judge gave an entrant in a round (评委打分).

use sea_orm::entity::prelude::*;

/// A row of `contest_scores`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contest_scores")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The round.
    pub round_id: Uuid,
    /// The entrant.
    pub entrant_id: Uuid,
    /// The judge.
    pub judge_id: Uuid,
    /// The points for each criterion, in their order, in ten-thousandths.
    pub points: Json,
    /// What they come to, of a hundred, in ten-thousandths.
    pub total: i64,
    /// What the judge says to it.
    pub comment: Option<String>,
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
    /// The judge.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::JudgeId",
        to = "super::member::Column::Id"
    )]
    Judge,
}

impl ActiveModelBehavior for ActiveModel {}
