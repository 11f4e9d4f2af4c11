//! What a question asks and what is right: a version never changes (题目版本).

use sea_orm::entity::prelude::*;

/// A row of `exam_question_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_question_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The question.
    pub question_id: Uuid,
    /// Counts the versions of the question from 1.
    pub number: i32,
    /// How hard it is, 1 (easy) to 5 (hard).
    pub difficulty: i32,
    /// The question in English.
    pub text: String,
    /// The question in Chinese.
    pub text_zh: String,
    /// The options in both languages, in the order of the author; empty for kinds without.
    pub options: Json,
    /// What is right: correct options, value and tolerance, key words or criteria. Never shown before the paper is closed.
    pub key: Json,
    /// Why it is so; shown with what is right.
    pub explanation: Option<String>,
    /// What changed against the version before.
    pub note: Option<String>,
    /// The user who wrote it.
    pub created_by: Uuid,
    /// When it was written.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The question.
    #[sea_orm(
        belongs_to = "super::exam_question::Entity",
        from = "Column::QuestionId",
        to = "super::exam_question::Column::Id"
    )]
    Question,
}

impl Related<super::exam_question::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Question.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
