//! How a criterion is met, as the member or the reviewer sees it (评分).

use sea_orm::entity::prelude::*;

use crate::enums::AppraisalRatingBy;

/// A row of `appraisal_ratings`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_ratings")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// Who rated.
    pub by: AppraisalRatingBy,
    /// The key of the criterion in the template.
    pub criterion: String,
    /// How far it is met, in ten-thousandths of a percent.
    pub percent: i64,
    /// In words.
    pub comment: Option<String>,
    /// When it was last said.
    pub updated_at: DateTimeUtc,
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
