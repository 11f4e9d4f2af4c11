//! Single rules and versions.

use chrono::NaiveDate;
use entity::enums::{IncentivePeriod, IncentiveRuleState};
use entity::{incentive_rule, incentive_rule_version};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use crate::error::{ApiError, Result};

/// All kinds of periods.
pub const PERIODS: [IncentivePeriod; 3] = [
    IncentivePeriod::Month,
    IncentivePeriod::Quarter,
    IncentivePeriod::Year,
];

crate::rows!(
    versioned: incentive_rule, incentive_rule_version, incentive_simulation;
    written: incentive_simulation_part
);

/// Is there a rule of that code?
///
/// # Errors
/// When the database fails.
pub async fn is_taken(connection: &impl ConnectionTrait, code: &str) -> Result<bool> {
    let found = incentive_rule::Entity::find()
        .filter(incentive_rule::Column::Code.eq(code))
        .count(connection)
        .await?;
    Ok(found > 0)
}

/// A rule, locked: what changes about its versions changes one after the other.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<incentive_rule::Model> {
    let row = incentive_rule::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// The versions of a rule, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(
    connection: &impl ConnectionTrait,
    rule: Uuid,
) -> Result<Vec<incentive_rule_version::Model>> {
    Ok(incentive_rule_version::Entity::find()
        .filter(incentive_rule_version::Column::RuleId.eq(rule))
        .order_by_desc(incentive_rule_version::Column::Number)
        .all(connection)
        .await?)
}

/// These versions, in the order of the ids of their rules.
///
/// # Errors
/// When the database fails.
pub async fn versions_by_ids(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<incentive_rule_version::Model>> {
    let select = incentive_rule_version::Entity::find()
        .filter(incentive_rule_version::Column::Id.is_in(ids.iter().copied()));
    Ok(ordered(select).all(connection).await?)
}

/// The versions for periods of a kind that hold on a day, in the order of the ids of their rules. One that was retired since holds
/// on its days all the same.
///
/// # Errors
/// When the database fails.
pub async fn holding(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
    day: NaiveDate,
) -> Result<Vec<incentive_rule_version::Model>> {
    use incentive_rule_version::Column::{ActiveFrom, ActiveUntil, Period};
    let until = Condition::any()
        .add(ActiveUntil.is_null())
        .add(ActiveUntil.gt(day));
    let select = incentive_rule_version::Entity::find()
        .filter(Period.eq(period))
        .filter(ActiveFrom.lte(day))
        .filter(until);
    Ok(ordered(select).all(connection).await?)
}

/// The versions for periods of a kind that begin to hold after a day.
///
/// # Errors
/// When the database fails.
pub async fn waiting_for(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
    day: NaiveDate,
) -> Result<Vec<incentive_rule_version::Model>> {
    use incentive_rule_version::Column::{ActiveFrom, ActiveUntil, Period, State};
    let select = incentive_rule_version::Entity::find()
        .filter(Period.eq(period))
        .filter(State.eq(IncentiveRuleState::Active))
        .filter(ActiveFrom.gt(day))
        .filter(ActiveUntil.is_null());
    Ok(ordered(select).all(connection).await?)
}

/// Active versions that don't hold any more on a day, locked; so many at most.
///
/// # Errors
/// When the database fails.
pub async fn ending(
    tx: &impl ConnectionTrait,
    day: NaiveDate,
    most: u64,
) -> Result<Vec<incentive_rule_version::Model>> {
    use incentive_rule_version::Column::{ActiveUntil, Id, State};
    Ok(incentive_rule_version::Entity::find()
        .filter(State.eq(IncentiveRuleState::Active))
        .filter(ActiveUntil.lte(day))
        .order_by_asc(Id)
        .limit(most)
        .lock_exclusive()
        .all(tx)
        .await?)
}

fn ordered(
    select: Select<incentive_rule_version::Entity>,
) -> Select<incentive_rule_version::Entity> {
    select
        .order_by_asc(incentive_rule_version::Column::RuleId)
        .order_by_asc(incentive_rule_version::Column::Number)
}
