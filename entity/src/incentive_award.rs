//! What a rule gives a member in a run, with how it came about (奖励).

use sea_orm::entity::prelude::*;

use crate::enums::{IncentiveKind, IncentiveSubject};

/// A row of `incentive_awards`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_awards")]
pub struct Model {
    /// Identifier: follows from run, rule, subject, part and member, so that a repetition finds the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The run.
    pub run_id: Uuid,
    /// The rule.
    pub rule_id: Uuid,
    /// Its version.
    pub version_id: Uuid,
    /// What the rule gives.
    pub kind: IncentiveKind,
    /// Who gets it.
    pub member_id: Uuid,
    /// For what kind of thing.
    pub subject: IncentiveSubject,
    /// The source of the record, where it is one.
    pub source: Option<String>,
    /// The id of the member, the team or the record.
    pub subject_id: String,
    /// The day of the record, or the first day of the period.
    pub day: Date,
    /// Which part of a split, counted from 0.
    pub part: i32,
    /// The currency by ISO 4217; none when things are given.
    pub currency: Option<String>,
    /// What the rule gives by itself, in minor units or things.
    pub reckoned: i64,
    /// What is left of it after caps, groups and budgets; not below nought.
    pub amount: i64,
    /// How the rule came to it: `incentives::rules::trace` as JSON.
    pub trace: String,
    /// What became of it together with others: steps and why nothing is left, as JSON.
    pub steps: Option<String>,
    /// When it was worked out.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The run.
    #[sea_orm(
        belongs_to = "super::incentive_run::Entity",
        from = "Column::RunId",
        to = "super::incentive_run::Column::Id"
    )]
    Run,
    /// Who gets it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
