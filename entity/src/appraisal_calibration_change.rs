//! A result that was changed in calibration (校准调整).

use sea_orm::entity::prelude::*;

/// A row of `appraisal_calibration_changes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_calibration_changes")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which meeting.
    pub calibration_id: Uuid,
    /// Whose result.
    pub appraisal_id: Uuid,
    /// The score before, in ten-thousandths.
    pub from_score: i64,
    /// The score after.
    pub to_score: i64,
    /// The band before.
    pub from_band: String,
    /// The band after.
    pub to_band: String,
    /// Why.
    pub reason: String,
    /// The user who changed it.
    pub made_by: Uuid,
    /// The name of that user at that time.
    pub made_by_name: String,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// In which meeting.
    #[sea_orm(
        belongs_to = "super::appraisal_calibration::Entity",
        from = "Column::CalibrationId",
        to = "super::appraisal_calibration::Column::Id"
    )]
    Calibration,
    /// Whose result.
    #[sea_orm(
        belongs_to = "super::appraisal::Entity",
        from = "Column::AppraisalId",
        to = "super::appraisal::Column::Id"
    )]
    Appraisal,
}

impl Related<super::appraisal_calibration::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Calibration.def()
    }
}

impl Related<super::appraisal::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appraisal.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
