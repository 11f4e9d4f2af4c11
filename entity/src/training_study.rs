//! What a member learnt elsewhere, with proof (外部学习).

use sea_orm::entity::prelude::*;

use crate::enums::TrainingStudyState;

/// A row of `training_studies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_studies")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// What was learnt.
    pub title: String,
    /// Where.
    pub provider: String,
    /// How long it took.
    pub minutes: i32,
    /// The day on which it was finished: its hours count then.
    pub studied_on: Date,
    /// The proof in words, such as the number of a certificate.
    pub proof: Option<String>,
    /// Where the proof can be seen.
    pub proof_link: Option<String>,
    /// What has become of it.
    pub state: TrainingStudyState,
    /// The user who decided.
    pub decided_by: Option<Uuid>,
    /// Their name at that time.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// In the words of who decided.
    pub decision_note: Option<String>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
