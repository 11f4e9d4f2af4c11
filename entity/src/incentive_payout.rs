//! What is handed to payroll at once (发放批次).

use sea_orm::entity::prelude::*;

/// A row of `incentive_payouts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_payouts")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// What it is called.
    pub name: String,
    /// The currency by ISO 4217.
    pub currency: String,
    /// The first day whose entries aren't paid any more.
    pub until_day: Date,
    /// On which day it is booked.
    pub booked_on: Date,
    /// How many members are paid.
    pub members: i32,
    /// What is paid altogether, in minor units.
    pub total: i64,
    /// The user who made it.
    pub made_by: Uuid,
    /// The name of that user at that time.
    pub made_by_name: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was taken back as a whole.
    pub reversed_at: Option<DateTimeUtc>,
    /// On which day that is booked.
    pub reversed_on: Option<Date>,
    /// The name of the user who took it back, at that time.
    pub reversed_by_name: Option<String>,
    /// Why it was taken back.
    pub reversal_reason: Option<String>,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
