//! A round of appraisals about a period (考核周期).

use sea_orm::entity::prelude::*;

use crate::enums::{AppraisalRhythm, AppraisalStage};

/// A row of `appraisal_cycles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_cycles")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it is called in Chinese (中文名称).
    pub name_zh: String,
    /// How often such a round comes.
    pub rhythm: AppraisalRhythm,
    /// The first day that it is about.
    pub from_day: Date,
    /// The first day after it.
    pub until_day: Date,
    /// How far it is.
    pub stage: AppraisalStage,
    /// Who is appraised: what `appraisals::rules::population` reads.
    #[sea_orm(column_type = "JsonBinary")]
    pub population: Json,
    /// The last day for self-assessments.
    pub self_until: Date,
    /// The last day for reviews and feedback.
    pub review_until: Date,
    /// The day on which results are due.
    pub publish_on: Date,
    /// The last day for taking note.
    pub acknowledge_until: Date,
    /// The last day for appeals.
    pub appeal_until: Date,
    /// Where its figures are frozen.
    pub snapshot_id: Option<Uuid>,
    /// When results were published first.
    pub published_at: Option<DateTimeUtc>,
    /// When it was closed.
    pub closed_at: Option<DateTimeUtc>,
    /// Why it was reopened or called off.
    pub reason: Option<String>,
    /// The user who made it.
    pub created_by: Uuid,
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
    /// Where its figures are frozen.
    #[sea_orm(
        belongs_to = "super::metric_snapshot::Entity",
        from = "Column::SnapshotId",
        to = "super::metric_snapshot::Column::Id"
    )]
    Snapshot,
}

impl Related<super::metric_snapshot::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Snapshot.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
