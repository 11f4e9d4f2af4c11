//! A mistake that is to be put right by an entry of its own (更正).

use sea_orm::entity::prelude::*;

use crate::enums::IncentiveCorrectionState;

/// A row of `incentive_corrections`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_corrections")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The award.
    pub award_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// What the member is owed more, or less when below nought, in minor units of the award's currency.
    pub amount: i64,
    /// The currency by ISO 4217.
    pub currency: String,
    /// Why.
    pub reason: String,
    /// What has become of it.
    pub state: IncentiveCorrectionState,
    /// The user who proposed.
    pub proposed_by: Uuid,
    /// The name of that user at that time.
    pub proposed_by_name: String,
    /// The user who decided.
    pub decided_by: Option<Uuid>,
    /// The name of that user at that time.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// In the words of who decided.
    pub decision: Option<String>,
    /// When whoever proposed it withdrew it.
    pub withdrawn_at: Option<DateTimeUtc>,
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
    /// The award.
    #[sea_orm(
        belongs_to = "super::incentive_award::Entity",
        from = "Column::AwardId",
        to = "super::incentive_award::Column::Id"
    )]
    Award,
    /// The member.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
