//! One asking of the staff how they are (员工满意度调查).

use sea_orm::entity::prelude::*;

use crate::enums::StaffSurveyState;

/// A row of `staff_survey_rounds`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_survey_rounds")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese.
    pub title_zh: String,
    /// How far it is.
    pub state: StaffSurveyState,
    /// The day on which it was opened.
    pub opened_on: Option<Date>,
    /// The first day on which nobody answers any more.
    pub closes_on: Date,
    /// Fewer people than this are never shown; fixed when it opens.
    pub minimum: Option<i32>,
    /// How many were asked; known once it is open.
    pub invited: Option<i32>,
    /// The user who made it.
    pub created_by: Uuid,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// It points at nothing by a key that the database holds.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
