//! A proposal for a rule: written, commented on, voted on (管理规则提案).

use sea_orm::entity::prelude::*;

use crate::enums::{
    CircleKind, RuleBallotKind, RuleProposalKind, RuleProposalState, RuleVoteOutcome,
};

/// A row of `rule_proposals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rule_proposals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is for.
    pub kind: RuleProposalKind,
    /// The rule that it changes or repeals; that it has become, once a new one is adopted.
    pub rule_id: Option<Uuid>,
    /// For whom.
    pub circle: CircleKind,
    /// The department, for one.
    pub department_id: Option<Uuid>,
    /// The team, for one.
    pub team_id: Option<Uuid>,
    /// What it is called.
    pub title: String,
    /// The text of the rule.
    pub body: String,
    /// Why.
    pub reason: String,
    /// Who learns how somebody voted.
    pub ballot: RuleBallotKind,
    /// So many of those who may vote must.
    pub quorum_percent: i32,
    /// More than so many of the yes and no must be yes.
    pub majority_percent: i32,
    /// The first day on which it holds, at the earliest the day after the vote.
    pub in_force_from: Date,
    /// Which member proposes it.
    pub proposer_id: Uuid,
    /// How far it is.
    pub state: RuleProposalState,
    /// When it was opened for comments.
    pub opened_at: Option<DateTimeUtc>,
    /// When the vote began.
    pub voting_from: Option<DateTimeUtc>,
    /// When the vote ends, exclusive.
    pub voting_until: Option<DateTimeUtc>,
    /// How many may vote.
    pub electors: Option<i32>,
    /// How many voted for it, once the vote is over.
    pub yes: Option<i32>,
    /// How many voted against it.
    pub no: Option<i32>,
    /// How many abstained.
    pub abstain: Option<i32>,
    /// What the vote came to.
    pub outcome: Option<RuleVoteOutcome>,
    /// When it was adopted, rejected or taken back.
    pub closed_at: Option<DateTimeUtc>,
    /// Why it was taken back.
    pub note: Option<String>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
