//! A result of an appraisal; never changed, only noted; the last one holds (考核结果).

use sea_orm::entity::prelude::*;

use crate::enums::AppraisalResultCause;

/// A row of `appraisal_results`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_results")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// Why it was made.
    pub cause: AppraisalResultCause,
    /// The score, in ten-thousandths.
    pub score: i64,
    /// The key of the band.
    pub band: String,
    /// How the score came about, step by step.
    #[sea_orm(column_type = "JsonBinary")]
    pub outcome: Json,
    /// In words.
    pub reason: Option<String>,
    /// The user who made it; none for the server.
    pub made_by: Option<Uuid>,
    /// The name of that user at that time.
    pub made_by_name: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When the member took note of it.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// What the member said to it.
    pub acknowledgement: Option<String>,
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
