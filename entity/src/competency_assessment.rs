//! How much of a competency a member was found to have on a day (能力评估).

use sea_orm::entity::prelude::*;

/// A row of `competency_assessments`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competency_assessments")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who was assessed.
    pub member_id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// How much of it was found, 1 to 5.
    pub level: i32,
    /// What it was seen by.
    pub evidence: String,
    /// The day from which on it holds, until a later one.
    pub assessed_on: Date,
    /// The user who assessed; none for what was loaded.
    pub assessed_by: Option<Uuid>,
    /// The name of that user at that time.
    pub assessed_by_name: String,
    /// When it was written.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who was assessed.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// The competency.
    #[sea_orm(
        belongs_to = "super::competency::Entity",
        from = "Column::CompetencyId",
        to = "super::competency::Column::Id"
    )]
    Competency,
}

impl ActiveModelBehavior for ActiveModel {}
