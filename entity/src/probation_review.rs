//! What was decided about a probation; never changed (试用期评审).

use sea_orm::entity::prelude::*;

use crate::enums::ProbationOutcome;

/// A row of `probation_reviews`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "probation_reviews")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The probation.
    pub probation_id: Uuid,
    /// Whose it is.
    pub member_id: Uuid,
    /// What was decided.
    pub outcome: ProbationOutcome,
    /// Why.
    pub reason: String,
    /// From which day on.
    pub effective_on: Date,
    /// The new planned end of an extended one.
    pub new_end: Option<Date>,
    /// The user who decided; none for what was loaded.
    pub reviewed_by: Option<Uuid>,
    /// The name of that user at that time.
    pub reviewed_by_name: String,
    /// When it was decided.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The probation.
    #[sea_orm(
        belongs_to = "super::probation::Entity",
        from = "Column::ProbationId",
        to = "super::probation::Column::Id"
    )]
    Probation,
    /// Whose it is.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
