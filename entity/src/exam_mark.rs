//! What somebody or the rule gave for an answer: rows are only ever added (评分记录).

use sea_orm::entity::prelude::*;

use crate::enums::ExamMarkKind;

/// A row of `exam_marks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_marks")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The question on the paper.
    pub item_id: Uuid,
    /// 0 by rule; 1, 2, 3 by the assessors; 4 and more for new marks after that.
    pub slot: i32,
    /// How it came about.
    pub kind: ExamMarkKind,
    /// The member who gave it; none by rule.
    pub assessor_id: Option<Uuid>,
    /// In ten-thousandths of a point.
    pub points: i64,
    /// Points by criterion, where there are criteria.
    pub criteria: Option<Json>,
    /// A remark of the assessor, or the reason of a new mark.
    pub comment: Option<String>,
    /// When it was given.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The question on the paper.
    #[sea_orm(
        belongs_to = "super::exam_item::Entity",
        from = "Column::ItemId",
        to = "super::exam_item::Column::Id"
    )]
    Item,
}

impl Related<super::exam_item::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Item.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
