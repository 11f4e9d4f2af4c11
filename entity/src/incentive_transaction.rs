//! Something that happened in the ledger: never changed (台账分录).

use sea_orm::entity::prelude::*;

use crate::enums::IncentiveReason;

/// A row of `incentive_transactions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_transactions")]
pub struct Model {
    /// Identifier: follows from what it is about, so that nothing is booked twice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is.
    pub reason: IncentiveReason,
    /// On which day it is booked.
    pub day: Date,
    /// The member.
    pub member_id: Uuid,
    /// The rule behind it.
    pub rule_id: Option<Uuid>,
    /// The award that it is about.
    pub award_id: Option<Uuid>,
    /// The payout that it belongs to.
    pub payout_id: Option<Uuid>,
    /// What it is about: an award, a payout, a refund, a correction.
    pub reference: String,
    /// The currency by ISO 4217.
    pub currency: String,
    /// What it changes of what is owed to the member, in minor units.
    pub amount: i64,
    /// The number of the line within its payout, counted from 1 by the members' numbers.
    pub line: Option<i32>,
    /// Why, for a correction or a payout that is taken back.
    pub note: Option<String>,
    /// Who booked it.
    pub made_by_name: String,
    /// When it was booked.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The member.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// The award that it is about.
    #[sea_orm(
        belongs_to = "super::incentive_award::Entity",
        from = "Column::AwardId",
        to = "super::incentive_award::Column::Id"
    )]
    Award,
    /// The payout that it belongs to.
    #[sea_orm(
        belongs_to = "super::incentive_payout::Entity",
        from = "Column::PayoutId",
        to = "super::incentive_payout::Column::Id"
    )]
    Payout,
}

impl ActiveModelBehavior for ActiveModel {}
