//! A record behind a figure that the member says is wrong (数据异议).

use sea_orm::entity::prelude::*;

use crate::enums::AppraisalDisputeState;

/// A row of `appraisal_disputes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_disputes")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// Which figure.
    pub metric_key: String,
    /// The table of the record.
    pub record_table: String,
    /// The record.
    pub record_id: Uuid,
    /// What is wrong with it.
    pub grounds: String,
    /// What has become of it.
    pub state: AppraisalDisputeState,
    /// The user who decided.
    pub decided_by: Option<Uuid>,
    /// The name of that user at that time.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// In the words of who decided.
    pub decision: Option<String>,
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
