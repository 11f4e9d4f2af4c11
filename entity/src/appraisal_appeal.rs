//! An appeal against a result (申诉).

use sea_orm::entity::prelude::*;

use crate::enums::AppraisalAppealState;

/// A row of `appraisal_appeals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_appeals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Against which result.
    pub appraisal_id: Uuid,
    /// Against which number of it.
    pub number: i32,
    /// Why.
    pub grounds: String,
    /// What has become of it.
    pub state: AppraisalAppealState,
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
    /// Against which result.
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
