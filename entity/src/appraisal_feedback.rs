//! What somebody said about a member: nothing tells who, or when (360 度评价内容).

use sea_orm::entity::prelude::*;

use crate::enums::AppraisalFeedbackSource;

/// A row of `appraisal_feedbacks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_feedbacks")]
pub struct Model {
    /// Identifier, drawn by chance: it tells no order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// From which side.
    pub source: AppraisalFeedbackSource,
    /// The rating of each question, 1 to 5, by its key.
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: Json,
    /// In words.
    pub comment: Option<String>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The appraisal.
    #[sea_orm(
        belongs_to = "super::appraisal::Entity",
        from = "Column::AppraisalId",
        to = "super::appraisal::Column::Id"
    )]
    Appraisal,
}

impl Related<super::appraisal::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appraisal.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
