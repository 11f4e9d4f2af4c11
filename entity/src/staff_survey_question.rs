//! A question of a round (调查题目).

use sea_orm::entity::prelude::*;

use crate::enums::StaffQuestionKind;

/// A row of `staff_survey_questions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_survey_questions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The round.
    pub round_id: Uuid,
    /// Its place, from 1.
    pub place: i32,
    /// How it is answered.
    pub kind: StaffQuestionKind,
    /// What is asked, in English.
    pub text: String,
    /// What is asked, in Chinese.
    pub text_zh: String,
    /// What can be chosen, in both languages; empty for ratings.
    #[sea_orm(column_type = "JsonBinary")]
    pub options: Json,
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
