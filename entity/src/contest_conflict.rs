//! A judge who doesn't judge an entrant (利益冲突回避).

use sea_orm::entity::prelude::*;

/// A row of `contest_conflicts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contest_conflicts")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contest.
    pub contest_id: Uuid,
    /// The judge.
    pub judge_id: Uuid,
    /// The entrant.
    pub entrant_id: Uuid,
    /// Why.
    pub reason: String,
    /// The user who said so.
    pub declared_by: Uuid,
    /// When that was.
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
    /// The judge.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::JudgeId",
        to = "super::member::Column::Id"
    )]
    Judge,
    /// The entrant.
    #[sea_orm(
        belongs_to = "super::contest_entrant::Entity",
        from = "Column::EntrantId",
        to = "super::contest_entrant::Column::Id"
    )]
    Entrant,
}

impl ActiveModelBehavior for ActiveModel {}
