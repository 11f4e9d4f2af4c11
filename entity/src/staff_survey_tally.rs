//! How often something was chosen in a cell (调查计数). There is no row for a single answer.

use sea_orm::entity::prelude::*;

/// A row of `staff_survey_tallies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_survey_tallies")]
pub struct Model {
    /// Identifier, made at random when the round opens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The cell.
    pub cell_id: Uuid,
    /// The question.
    pub question_id: Uuid,
    /// The rating, or the place of the option, from 1.
    pub choice: i32,
    /// How many chose it.
    pub people: i32,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The cell.
    #[sea_orm(
        belongs_to = "super::staff_survey_cell::Entity",
        from = "Column::CellId",
        to = "super::staff_survey_cell::Column::Id"
    )]
    Cell,
    /// The question.
    #[sea_orm(
        belongs_to = "super::staff_survey_question::Entity",
        from = "Column::QuestionId",
        to = "super::staff_survey_question::Column::Id"
    )]
    Question,
}

impl ActiveModelBehavior for ActiveModel {}
