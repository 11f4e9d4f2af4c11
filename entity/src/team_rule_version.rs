//! A text of a rule, and from when it holds (规则版本).

use sea_orm::entity::prelude::*;

/// A row of `team_rule_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_rule_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The rule.
    pub rule_id: Uuid,
    /// Counts from 1.
    pub number: i32,
    /// What it is called.
    pub title: String,
    /// The text.
    pub body: String,
    /// The proposal that brought it.
    pub proposal_id: Uuid,
    /// The first day on which it holds.
    pub in_force_from: Date,
    /// When it was adopted.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
