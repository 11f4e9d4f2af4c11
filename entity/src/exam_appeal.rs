//! A member asks for an attempt to be marked anew (成绩申诉).

use sea_orm::entity::prelude::*;

use crate::enums::ExamAppealState;

/// A row of `exam_appeals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_appeals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The attempt.
    pub attempt_id: Uuid,
    /// The question on the paper that it is about; none when it is about the whole.
    pub item_id: Option<Uuid>,
    /// Why.
    pub reason: String,
    /// What has become of it.
    pub state: ExamAppealState,
    /// What was answered.
    pub answer: Option<String>,
    /// The user who decided.
    pub decided_by: Option<Uuid>,
    /// When that was.
    pub decided_at: Option<DateTimeUtc>,
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
    /// The attempt.
    #[sea_orm(
        belongs_to = "super::exam_attempt::Entity",
        from = "Column::AttemptId",
        to = "super::exam_attempt::Column::Id"
    )]
    Attempt,
    /// The question.
    #[sea_orm(
        belongs_to = "super::exam_item::Entity",
        from = "Column::ItemId",
        to = "super::exam_item::Column::Id"
    )]
    Item,
}

impl Related<super::exam_attempt::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Attempt.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
