//! Who is asked for feedback about a member; what was said stands elsewhere and names nobody (360 度评价人).

use sea_orm::entity::prelude::*;

use crate::enums::{AppraisalFeedbackSource, AppraisalRaterState};

/// A row of `appraisal_raters`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_raters")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// Who is asked.
    pub member_id: Uuid,
    /// As whom.
    pub source: AppraisalFeedbackSource,
    /// How far it is.
    pub state: AppraisalRaterState,
    /// The user who proposed.
    pub proposed_by: Uuid,
    /// Why it was declined.
    pub reason: Option<String>,
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
    /// Who is asked.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl Related<super::appraisal::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appraisal.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
