//! What a proposal stands on: a record, or words (人才依据).

use sea_orm::entity::prelude::*;

use crate::enums::TalentEvidenceKind;

/// A row of `talent_evidences`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "talent_evidences")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The proposal.
    pub proposal_id: Uuid,
    /// Its place, from 1.
    pub place: i32,
    /// What it is.
    pub kind: TalentEvidenceKind,
    /// In the words of who proposed.
    pub note: Option<String>,
    /// The assessment of a competency.
    pub assessment_id: Option<Uuid>,
    /// The certificate that the member holds.
    pub certificate_id: Option<Uuid>,
    /// The published attempt at an exam.
    pub attempt_id: Option<Uuid>,
    /// The year whose training hours are meant.
    pub hours_year: Option<i32>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The proposal.
    #[sea_orm(
        belongs_to = "super::talent_proposal::Entity",
        from = "Column::ProposalId",
        to = "super::talent_proposal::Column::Id"
    )]
    Proposal,
    /// The assessment of a competency.
    #[sea_orm(
        belongs_to = "super::competency_assessment::Entity",
        from = "Column::AssessmentId",
        to = "super::competency_assessment::Column::Id"
    )]
    Assessment,
    /// The certificate.
    #[sea_orm(
        belongs_to = "super::member_certificate::Entity",
        from = "Column::CertificateId",
        to = "super::member_certificate::Column::Id"
    )]
    Certificate,
    /// The attempt.
    #[sea_orm(
        belongs_to = "super::exam_attempt::Entity",
        from = "Column::AttemptId",
        to = "super::exam_attempt::Column::Id"
    )]
    Attempt,
}

impl ActiveModelBehavior for ActiveModel {}
