//! A question on the paper of an attempt, with the answer (试卷题目).

use sea_orm::entity::prelude::*;

/// A row of `exam_items`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_items")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The attempt.
    pub attempt_id: Uuid,
    /// Its place on the paper, from 1.
    pub position: i32,
    /// The version of the question.
    pub version_id: Uuid,
    /// What it is worth, in ten-thousandths of a point.
    pub max_points: i64,
    /// In which order the options come: their places with the author.
    pub option_order: Json,
    /// What was answered.
    pub answer: Option<Json>,
    /// The number that the client gave to the answer; a lower one never replaces it.
    pub sequence: i64,
    /// When the answer arrived.
    pub answered_at: Option<DateTimeUtc>,
    /// Do people mark it?
    pub by_hand: bool,
    /// Which assessor it waits for: 1, 2 or 3; 0 for none.
    pub awaits: i32,
    /// What it got, in ten-thousandths of a point; none before that is settled.
    pub points: Option<i64>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The attempt.
    #[sea_orm(
        belongs_to = "super::exam_attempt::Entity",
        from = "Column::AttemptId",
        to = "super::exam_attempt::Column::Id"
    )]
    Attempt,
    /// The version of the question.
    #[sea_orm(
        belongs_to = "super::exam_question_version::Entity",
        from = "Column::VersionId",
        to = "super::exam_question_version::Column::Id"
    )]
    Question,
}

impl Related<super::exam_attempt::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Attempt.def()
    }
}

impl Related<super::exam_question_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Question.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
