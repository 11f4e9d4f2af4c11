//! The appraisal of a member in a cycle (考核).

use sea_orm::entity::prelude::*;

/// A row of `appraisals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The cycle.
    pub cycle_id: Uuid,
    /// Who is appraised.
    pub member_id: Uuid,
    /// By which version of which template.
    pub version_id: Uuid,
    /// Who judges; none while nobody is named.
    pub reviewer_id: Option<Uuid>,
    /// The home team at the end of the period.
    pub team_id: Option<Uuid>,
    /// Its department.
    pub department_id: Option<Uuid>,
    /// On how many days of the period the member was at work.
    pub days: i32,
    /// When the work plan was agreed.
    pub plan_agreed_at: Option<DateTimeUtc>,
    /// How the member sees it.
    pub self_comment: Option<String>,
    /// When the self-assessment was handed in.
    pub self_submitted_at: Option<DateTimeUtc>,
    /// How the reviewer sees it.
    pub review_comment: Option<String>,
    /// When the review was handed in.
    pub review_submitted_at: Option<DateTimeUtc>,
    /// Everything that the result follows from, frozen: what `appraisals::rules::inputs` reads.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub inputs: Option<Json>,
    /// The snapshot that its figures come from, when they were frozen anew for it; that of the cycle when none.
    pub snapshot_id: Option<Uuid>,
    /// The number of the current result; 0 before there is one.
    pub result: i32,
    /// Its score, in ten-thousandths.
    pub score: Option<i64>,
    /// Its band.
    pub band: Option<String>,
    /// What keeps the result from being computed.
    pub blocked: Option<String>,
    /// When the member took note of the current result.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// What the member said to it.
    pub acknowledgement: Option<String>,
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
    /// The cycle.
    #[sea_orm(
        belongs_to = "super::appraisal_cycle::Entity",
        from = "Column::CycleId",
        to = "super::appraisal_cycle::Column::Id"
    )]
    Cycle,
    /// Who is appraised.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// By which version of which template.
    #[sea_orm(
        belongs_to = "super::appraisal_template_version::Entity",
        from = "Column::VersionId",
        to = "super::appraisal_template_version::Column::Id"
    )]
    Version,
    /// Who judges; none while nobody is named.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::ReviewerId",
        to = "super::member::Column::Id"
    )]
    Reviewer,
    /// The snapshot of figures that were frozen anew.
    #[sea_orm(
        belongs_to = "super::metric_snapshot::Entity",
        from = "Column::SnapshotId",
        to = "super::metric_snapshot::Column::Id"
    )]
    Snapshot,
}

impl Related<super::appraisal_cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl Related<super::appraisal_template_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Version.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
