//! Electors and ballots: the only place that reads how somebody voted.
//!
//! Ballots of a secret vote are read here to give a voter their own, and to count them when the vote is over; then they are
//! destroyed. There is no other way to them: the table has no scoped select, and [`votes`] asks for open votes only.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{RuleBallotKind, RuleVoteChoice};
use entity::{rule_ballot, rule_elector, rule_proposal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::db::new_id;
use crate::error::Result;

/// May this member vote on this proposal?
///
/// # Errors
/// When the database fails.
pub async fn is_elector(
    connection: &impl ConnectionTrait,
    proposal: Uuid,
    member: Uuid,
) -> Result<bool> {
    let found = rule_elector::Entity::find()
        .filter(rule_elector::Column::ProposalId.eq(proposal))
        .filter(rule_elector::Column::MemberId.eq(member))
        .count(connection)
        .await?;
    Ok(found > 0)
}

/// On which of these proposals a member may vote.
///
/// # Errors
/// When the database fails.
pub async fn elections_of(
    connection: &impl ConnectionTrait,
    proposals: &[Uuid],
    member: Uuid,
) -> Result<Vec<Uuid>> {
    Ok(rule_elector::Entity::find()
        .select_only()
        .column(rule_elector::Column::ProposalId)
        .filter(rule_elector::Column::ProposalId.is_in(proposals.iter().copied()))
        .filter(rule_elector::Column::MemberId.eq(member))
        .into_tuple()
        .all(connection)
        .await?)
}

/// A member's own ballots on these proposals.
///
/// # Errors
/// When the database fails.
pub async fn own(
    connection: &impl ConnectionTrait,
    proposals: &[Uuid],
    member: Uuid,
) -> Result<HashMap<Uuid, RuleVoteChoice>> {
    let rows = rule_ballot::Entity::find()
        .filter(rule_ballot::Column::ProposalId.is_in(proposals.iter().copied()))
        .filter(rule_ballot::Column::MemberId.eq(member))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.proposal_id, row.choice))
        .collect())
}

/// How many have voted so far; no more is said of a vote that isn't over.
///
/// # Errors
/// When the database fails.
pub async fn turnouts(
    connection: &impl ConnectionTrait,
    proposals: &[Uuid],
) -> Result<HashMap<Uuid, i64>> {
    let rows: Vec<(Uuid, i64)> = rule_ballot::Entity::find()
        .select_only()
        .column(rule_ballot::Column::ProposalId)
        .column_as(rule_ballot::Column::Id.count(), "ballots")
        .filter(rule_ballot::Column::ProposalId.is_in(proposals.iter().copied()))
        .group_by(rule_ballot::Column::ProposalId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Who voted how on these proposals, of the open votes that the viewer may see; in the order of time.
///
/// # Errors
/// When the database fails.
pub async fn votes(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    proposals: &[Uuid],
) -> Result<HashMap<Uuid, Vec<rule_ballot::Model>>> {
    let open = visible::<rule_proposal::Entity>(viewer, Permission::TeamRuleRead)
        .select_only()
        .column(rule_proposal::Column::Id)
        .filter(rule_proposal::Column::Ballot.eq(RuleBallotKind::Open))
        .filter(rule_proposal::Column::Id.is_in(proposals.iter().copied()))
        .into_query();
    let rows = rule_ballot::Entity::find()
        .filter(rule_ballot::Column::ProposalId.in_subquery(open))
        .order_by_asc(rule_ballot::Column::CastAt)
        .order_by_asc(rule_ballot::Column::Id)
        .all(connection)
        .await?;
    let mut votes: HashMap<Uuid, Vec<rule_ballot::Model>> = HashMap::new();
    for row in rows {
        votes.entry(row.proposal_id).or_default().push(row);
    }
    Ok(votes)
}

/// Writes or changes a ballot. The proposal is locked.
///
/// # Errors
/// When the database fails.
pub async fn cast(
    tx: &impl ConnectionTrait,
    proposal: Uuid,
    member: Uuid,
    choice: RuleVoteChoice,
    at: DateTime<Utc>,
) -> Result<()> {
    let before = rule_ballot::Entity::find()
        .filter(rule_ballot::Column::ProposalId.eq(proposal))
        .filter(rule_ballot::Column::MemberId.eq(member))
        .one(tx)
        .await?;
    let row = rule_ballot::Model {
        id: before.as_ref().map_or_else(|| new_id(at), |row| row.id),
        proposal_id: proposal,
        member_id: member,
        choice,
        cast_at: at,
    };
    let row = row.into_active_model().reset_all();
    if before.is_some() {
        row.update(tx).await?;
    } else {
        row.insert(tx).await?;
    }
    Ok(())
}

/// The ballots of a vote that is over, without names: for the count. Those of a secret vote are destroyed with it. The
/// proposal is locked.
///
/// # Errors
/// When the database fails.
pub async fn take(
    tx: &impl ConnectionTrait,
    proposal: Uuid,
    kind: RuleBallotKind,
) -> Result<Vec<RuleVoteChoice>> {
    let choices = rule_ballot::Entity::find()
        .select_only()
        .column(rule_ballot::Column::Choice)
        .filter(rule_ballot::Column::ProposalId.eq(proposal))
        .into_tuple()
        .all(tx)
        .await?;
    if kind == RuleBallotKind::Secret {
        rule_ballot::Entity::delete_many()
            .filter(rule_ballot::Column::ProposalId.eq(proposal))
            .exec(tx)
            .await?;
    }
    Ok(choices)
}
