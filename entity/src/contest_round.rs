//! A round of a contest (赛程轮次).

use sea_orm::entity::prelude::*;

use crate::enums::{ContestRoundKind, ContestRoundState};

/// A row of `contest_rounds`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contest_rounds")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contest.
    pub contest_id: Uuid,
    /// Its place, from 1.
    pub number: i32,
    /// What it is called.
    pub title: String,
    /// 中文名称.
    pub title_zh: String,
    /// How it is scored.
    pub kind: ContestRoundKind,
    /// The exam whose results are its scores.
    pub exam_id: Option<Uuid>,
    /// What judges score by, as `Criterion` of the contests' rules.
    pub criteria: Json,
    /// So many of the highest and of the lowest scores are left out.
    pub drop_each: i32,
    /// Only when there are at least so many scores.
    pub drop_from: i32,
    /// Of so many judges at least each entrant needs a score.
    pub least_judges: i32,
    /// So many come into the next round; none in the last one.
    pub advance: Option<i32>,
    /// How far it is.
    pub state: ContestRoundState,
    /// When it was closed.
    pub closed_at: Option<DateTimeUtc>,
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
    /// The contest.
    #[sea_orm(
        belongs_to = "super::contest::Entity",
        from = "Column::ContestId",
        to = "super::contest::Column::Id"
    )]
    Contest,
    /// The exam.
    #[sea_orm(
        belongs_to = "super::exam::Entity",
        from = "Column::ExamId",
        to = "super::exam::Column::Id"
    )]
    Exam,
}

impl ActiveModelBehavior for ActiveModel {}
