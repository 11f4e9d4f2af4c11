//! That somebody was asked, and whether they have answered (调查名单). Never what, never when.

use sea_orm::entity::prelude::*;

/// A row of `staff_survey_invitations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_survey_invitations")]
pub struct Model {
    /// Identifier, made at random when the round opens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The round.
    pub round_id: Uuid,
    /// Who was asked.
    pub member_id: Uuid,
    /// In which place.
    pub cell_id: Uuid,
    /// Has the member answered?
    pub answered: bool,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The round.
    #[sea_orm(
        belongs_to = "super::staff_survey_round::Entity",
        from = "Column::RoundId",
        to = "super::staff_survey_round::Column::Id"
    )]
    Round,
    /// Who was asked.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// In which place.
    #[sea_orm(
        belongs_to = "super::staff_survey_cell::Entity",
        from = "Column::CellId",
        to = "super::staff_survey_cell::Column::Id"
    )]
    Cell,
}

impl ActiveModelBehavior for ActiveModel {}
