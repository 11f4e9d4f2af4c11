//! What a rule says: never changed once approved (激励规则版本).

use sea_orm::entity::prelude::*;

use crate::enums::{IncentivePeriod, IncentiveRuleState};

/// A row of `incentive_rule_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_rule_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which rule.
    pub rule_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// How far it is.
    pub state: IncentiveRuleState,
    /// For which time it gives.
    pub period: IncentivePeriod,
    /// What it says: what `incentives::rules::content` reads.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    /// What is new.
    pub note: Option<String>,
    /// The accounts of everybody who wrote in it, as a list of ids.
    #[sea_orm(column_type = "JsonBinary")]
    pub authors: Json,
    /// When this content was first simulated.
    pub simulated_at: Option<DateTimeUtc>,
    /// When it was approved.
    pub approved_at: Option<DateTimeUtc>,
    /// Who approved it, as the account was called then.
    pub approved_by_name: Option<String>,
    /// What was said when it was approved, or sent back.
    pub reason: Option<String>,
    /// From which day on it gives awards.
    pub active_from: Option<Date>,
    /// The first day on which it doesn't any more.
    pub active_until: Option<Date>,
    /// Who put it into force, as the account was called then.
    pub activated_by_name: Option<String>,
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
    /// Of which rule.
    #[sea_orm(
        belongs_to = "super::incentive_rule::Entity",
        from = "Column::RuleId",
        to = "super::incentive_rule::Column::Id"
    )]
    Rule,
}

impl Related<super::incentive_rule::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Rule.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
