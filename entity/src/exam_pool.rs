//! The questions that papers of an exam are drawn from, frozen: with the seed of an attempt it gives the same paper for ever (题池).

use sea_orm::entity::prelude::*;

/// A row of `exam_pools`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_pools")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The exam.
    pub exam_id: Uuid,
    /// Counts the pools of the exam from 1.
    pub number: i32,
    /// Version, topic, difficulty and kind of each question.
    pub entries: Json,
    /// When it was frozen.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The exam.
    #[sea_orm(
        belongs_to = "super::exam::Entity",
        from = "Column::ExamId",
        to = "super::exam::Column::Id"
    )]
    Exam,
}

impl Related<super::exam::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Exam.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
