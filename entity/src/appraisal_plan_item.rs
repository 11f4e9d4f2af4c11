//! What a member sets out to do in a period (工作计划).

use sea_orm::entity::prelude::*;

/// A row of `appraisal_plan_items`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_plan_items")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// Its place in the plan.
    pub place: i32,
    /// What is to be done.
    pub title: String,
    /// How one sees that it is done.
    pub measure: String,
    /// Its weight among the items, 1 to 100.
    pub weight: i32,
    /// How far the member sees it done, in ten-thousandths of a percent.
    pub own_percent: Option<i64>,
    /// How far the reviewer sees it done, likewise.
    pub percent: Option<i64>,
    /// In the words of the reviewer.
    pub comment: Option<String>,
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
