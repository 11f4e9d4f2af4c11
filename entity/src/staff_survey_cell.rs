//! A place in which people were asked, and how many of them answered (调查统计单元). Never who, never when.

use sea_orm::entity::prelude::*;

/// A row of `staff_survey_cells`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_survey_cells")]
pub struct Model {
    /// Identifier, made at random when the round opens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The round.
    pub round_id: Uuid,
    /// The department of the home when the round was opened.
    pub department_id: Option<Uuid>,
    /// The team of the home; none for a home without one.
    pub team_id: Option<Uuid>,
    /// How many have answered.
    pub people: i32,
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
}

impl ActiveModelBehavior for ActiveModel {}
