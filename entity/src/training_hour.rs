//! The ledger of hours, which only grows (学时台账).

use sea_orm::entity::prelude::*;

use crate::enums::TrainingHoursKind;

/// A row of `training_hours`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_hours")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// The day on which it counts.
    pub day: Date,
    /// How many minutes; below nought when they are taken away.
    pub minutes: i32,
    /// Where it comes from.
    pub kind: TrainingHoursKind,
    /// The enrolment, when it comes from a session.
    pub enrolment_id: Option<Uuid>,
    /// The study, when it was done elsewhere.
    pub study_id: Option<Uuid>,
    /// The entry that this one corrects or takes back.
    pub corrects_id: Option<Uuid>,
    /// Why.
    pub reason: Option<String>,
    /// The user who booked it.
    pub booked_by: Option<Uuid>,
    /// Their name at that time.
    pub booked_by_name: String,
    /// When.
    pub booked_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
