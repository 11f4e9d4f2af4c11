//! What stands behind the entries of the ledger, for whoever verifies them.

use std::collections::HashMap;

use entity::enums::IncentiveCorrectionState;
use entity::{incentive_award, incentive_correction, incentive_payout, incentive_transaction};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;

/// The entries of the ledger after one, by id, so many at most.
///
/// # Errors
/// When the database fails.
pub async fn entries_after(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<incentive_transaction::Model>> {
    use incentive_transaction::Column::Id;
    Ok(incentive_transaction::Entity::find()
        .filter(Condition::all().add_option(after.map(|after| Id.gt(after))))
        .order_by_asc(Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// Whose an award is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The run.
    pub run: Uuid,
    /// The member.
    pub member: Uuid,
    /// The rule.
    pub rule: Uuid,
    /// The currency; none for things.
    pub currency: Option<String>,
}

/// Whose some awards are, by award.
///
/// # Errors
/// When the database fails.
pub async fn owners_of(
    connection: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<HashMap<Uuid, Owner>> {
    use incentive_award::Column::{Currency, Id, MemberId, RuleId, RunId};
    let rows: Vec<(Uuid, Uuid, Uuid, Uuid, Option<String>)> = incentive_award::Entity::find()
        .select_only()
        .columns([Id, RunId, MemberId, RuleId, Currency])
        .filter(Id.is_in(awards.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let owner = |(id, run, member, rule, currency)| {
        let owner = Owner {
            run,
            member,
            rule,
            currency,
        };
        (id, owner)
    };
    Ok(rows.into_iter().map(owner).collect())
}

/// The approved corrections of some awards.
///
/// # Errors
/// When the database fails.
pub async fn corrections_of(
    connection: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<Vec<incentive_correction::Model>> {
    use incentive_correction::Column::{AwardId, Id, State};
    Ok(incentive_correction::Entity::find()
        .filter(AwardId.is_in(awards.iter().copied()))
        .filter(State.eq(IncentiveCorrectionState::Approved))
        .order_by_asc(Id)
        .all(connection)
        .await?)
}

/// All payouts, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn payouts(connection: &impl ConnectionTrait) -> Result<Vec<incentive_payout::Model>> {
    Ok(incentive_payout::Entity::find()
        .order_by_asc(incentive_payout::Column::Id)
        .all(connection)
        .await?)
}
