//! Single rows, for actions that have found their right to them.

use chrono::{DateTime, Utc};
use entity::enums::RuleProposalState;
use entity::{rule_proposal, team_rule, team_rule_version};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::Result;

/// A proposal, locked until the transaction ends: a ballot is cast before the count or after it, never beside it.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &impl ConnectionTrait, id: Uuid) -> Result<Option<rule_proposal::Model>> {
    Ok(rule_proposal::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// A rule, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn lock_rule(tx: &impl ConnectionTrait, id: Uuid) -> Result<Option<team_rule::Model>> {
    Ok(team_rule::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The versions of a rule in their order.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(
    connection: &impl ConnectionTrait,
    rule: Uuid,
) -> Result<Vec<team_rule_version::Model>> {
    Ok(team_rule_version::Entity::find()
        .filter(team_rule_version::Column::RuleId.eq(rule))
        .order_by_asc(team_rule_version::Column::Number)
        .all(connection)
        .await?)
}

/// Votes whose time is over, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn due(
    connection: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    Ok(rule_proposal::Entity::find()
        .select_only()
        .column(rule_proposal::Column::Id)
        .filter(rule_proposal::Column::State.eq(RuleProposalState::Voting))
        .filter(rule_proposal::Column::VotingUntil.lte(now))
        .order_by_asc(rule_proposal::Column::VotingUntil)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}
