//! A question of the bank: what stays the same through its versions (题目).

use sea_orm::entity::prelude::*;

use crate::enums::{QuestionKind, QuestionState};

/// A row of `exam_questions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_questions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// How it is answered; never changes.
    pub kind: QuestionKind,
    /// The topic, such as `charging.safety`; never changes.
    pub topic: String,
    /// How hard the current version is, 1 (easy) to 5 (hard).
    pub difficulty: i32,
    /// What has become of it.
    pub state: QuestionState,
    /// The number of the current version.
    pub current: i32,
    /// The user who made it.
    pub created_by: Uuid,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
