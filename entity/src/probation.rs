//! The first months of a member, at the end of which somebody decides (试用期).

use sea_orm::entity::prelude::*;

use crate::enums::ProbationState;

/// A row of `probations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "probations")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is on probation.
    pub member_id: Uuid,
    /// The first day.
    pub starts_on: Date,
    /// The first day on which it should be over.
    pub planned_end: Date,
    /// What has become of it.
    pub state: ProbationState,
    /// The first day on which it was over; none while it runs.
    pub ended_on: Option<Date>,
    /// The user who began it; none for what was loaded.
    pub created_by: Option<Uuid>,
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
    /// Who is on probation.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
