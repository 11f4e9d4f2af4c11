//! How somebody votes (选票). Those of a secret vote are destroyed when it is over.

use sea_orm::entity::prelude::*;

use crate::enums::RuleVoteChoice;

/// A row of `rule_ballots`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rule_ballots")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The proposal.
    pub proposal_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// How.
    pub choice: RuleVoteChoice,
    /// When, or when it was changed.
    pub cast_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
