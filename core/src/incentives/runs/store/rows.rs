//! Single rows, for actions and workers that have found their right to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::{IncentivePeriod, IncentiveRunState};
use entity::{incentive_award, incentive_run};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::incentives::definitions::content_of;
use crate::incentives::definitions::store::versions_by_ids;
use crate::incentives::rules::content::RuleContent;
use crate::incentives::runs::rules::lacks::Lacks;

crate::rows!(versioned: incentive_run, incentive_correction, incentive_question; written: incentive_payout, incentive_lock);

use IncentiveRunState::{Approved, Calculated, Evaluating, Failed, Queued, Rejected, Settling};

/// A run.
///
/// # Errors
/// When there is none.
pub async fn run(connection: &impl ConnectionTrait, id: Uuid) -> Result<incentive_run::Model> {
    incentive_run::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or_else(|| Error::internal("a run that isn't there"))
}

/// A run, locked until the transaction ends.
///
/// # Errors
/// When there is none.
pub async fn locked(connection: &impl ConnectionTrait, id: Uuid) -> Result<incentive_run::Model> {
    incentive_run::Entity::find_by_id(id)
        .lock_exclusive()
        .one(connection)
        .await?
        .ok_or_else(|| Error::internal("a run that isn't there"))
}

/// An award, for the server itself.
///
/// # Errors
/// When there is none.
pub async fn award(connection: &impl ConnectionTrait, id: Uuid) -> Result<incentive_award::Model> {
    incentive_award::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or_else(|| Error::internal("an award that isn't there"))
}

/// The last attempt of a period.
///
/// # Errors
/// When the database fails.
pub async fn last_attempt(
    connection: &impl ConnectionTrait,
    period: IncentivePeriod,
    from: NaiveDate,
) -> Result<Option<incentive_run::Model>> {
    Ok(incentive_run::Entity::find()
        .filter(incentive_run::Column::Period.eq(period))
        .filter(incentive_run::Column::FromDay.eq(from))
        .order_by_desc(incentive_run::Column::Attempt)
        .one(connection)
        .await?)
}

/// The runs that are to be worked out, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn on_the_way(connection: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let states = [Queued, Evaluating, Settling];
    ids(
        connection,
        Condition::all().add(incentive_run::Column::State.is_in(states)),
    )
    .await
}

/// The approved runs that are to be booked, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn unbooked(connection: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    ids(
        connection,
        Condition::all()
            .add(incentive_run::Column::State.eq(Approved))
            .add(incentive_run::Column::BookedAt.is_null()),
    )
    .await
}

/// The runs whose awards can be verified, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn runs_to_verify(
    connection: &impl ConnectionTrait,
    only: Option<Uuid>,
) -> Result<Vec<Uuid>> {
    ids(
        connection,
        Condition::all()
            .add(incentive_run::Column::State.is_in([Calculated, Approved]))
            .add_option(only.map(|id| incentive_run::Column::Id.eq(id))),
    )
    .await
}

async fn ids(connection: &impl ConnectionTrait, which: Condition) -> Result<Vec<Uuid>> {
    Ok(incentive_run::Entity::find()
        .select_only()
        .column(incentive_run::Column::Id)
        .filter(which)
        .order_by_asc(incentive_run::Column::Id)
        .into_tuple()
        .all(connection)
        .await?)
}

/// How many runs of periods that are over on a day are neither booked nor sent back.
///
/// # Errors
/// When the database fails.
pub async fn unsettled_until(connection: &impl ConnectionTrait, day: NaiveDate) -> Result<usize> {
    let waits = Condition::any()
        .add(incentive_run::Column::State.is_not_in([Approved, Rejected, Failed]))
        .add(
            Condition::all()
                .add(incentive_run::Column::State.eq(Approved))
                .add(incentive_run::Column::BookedAt.is_null()),
        );
    let rows = ids(
        connection,
        Condition::all()
            .add(incentive_run::Column::UntilDay.lte(day))
            .add(waits),
    )
    .await?;
    Ok(rows.len())
}

/// How far these runs are, for whoever sees an award of theirs; one statement.
///
/// # Errors
/// When the database fails.
pub async fn states_of(
    connection: &impl ConnectionTrait,
    runs: &[Uuid],
) -> Result<HashMap<Uuid, IncentiveRunState>> {
    let rows: Vec<(Uuid, IncentiveRunState)> = incentive_run::Entity::find()
        .select_only()
        .columns([incentive_run::Column::Id, incentive_run::Column::State])
        .filter(incentive_run::Column::Id.is_in(runs.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// What these versions of rules say, for whoever sees an award by one of them; one statement.
///
/// # Errors
/// When the database fails.
pub async fn contents_of(
    connection: &impl ConnectionTrait,
    versions: &[Uuid],
) -> Result<HashMap<Uuid, RuleContent>> {
    let rows = versions_by_ids(connection, versions).await?;
    rows.iter()
        .map(|row| Ok((row.id, content_of(row)?)))
        .collect()
}

/// What the rules of these runs say, by run and rule; two statements.
///
/// # Errors
/// When the database fails.
pub async fn contents_in_runs(
    connection: &impl ConnectionTrait,
    runs: &[Uuid],
) -> Result<HashMap<(Uuid, Uuid), RuleContent>> {
    let rows = incentive_run::Entity::find()
        .filter(incentive_run::Column::Id.is_in(runs.iter().copied()))
        .all(connection)
        .await?;
    let mut of_runs: Vec<(Uuid, Uuid)> = Vec::new();
    for row in &rows {
        let versions: Vec<Uuid> = serde_json::from_value(row.versions.clone())?;
        of_runs.extend(versions.into_iter().map(|version| (row.id, version)));
    }
    let ids: BTreeSet<Uuid> = of_runs.iter().map(|(_, version)| *version).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let versions = versions_by_ids(connection, &ids).await?;
    let mut contents = HashMap::new();
    for version in &versions {
        let content = content_of(version)?;
        let runs = of_runs.iter().filter(|(_, of)| *of == version.id);
        for (run, _) in runs {
            contents.insert((*run, version.rule_id), content.clone());
        }
    }
    Ok(contents)
}

/// What a rule gives in a run.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct RuleTotal {
    /// The run.
    pub run_id: Uuid,
    /// The rule.
    pub rule_id: Uuid,
    /// How many members get something.
    pub members: i64,
    /// How many awards there are.
    pub awards: i64,
    /// What they come to, in minor units or things.
    pub amount: i64,
    /// What the member who gets most gets of it.
    pub largest: i64,
}

/// What was lacking for the rules of these runs, by run and rule; those of older versions, which didn't note it, aren't in it. One
/// statement.
///
/// # Errors
/// When the database fails.
pub async fn lacks_of(
    connection: &impl ConnectionTrait,
    runs: &[Uuid],
) -> Result<HashMap<Uuid, BTreeMap<Uuid, Lacks>>> {
    let rows: Vec<(Uuid, Value)> = incentive_run::Entity::find()
        .select_only()
        .columns([incentive_run::Column::Id, incentive_run::Column::Lacks])
        .filter(incentive_run::Column::Id.is_in(runs.iter().copied()))
        .filter(incentive_run::Column::Lacks.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|(run, lacks)| Ok((run, serde_json::from_value(lacks)?)))
        .collect()
}

/// Those of some runs whose awards are told: worked out, and not sent back. One statement.
///
/// # Errors
/// When the database fails.
pub async fn told_of(connection: &impl ConnectionTrait, runs: &[Uuid]) -> Result<Vec<Uuid>> {
    ids(
        connection,
        Condition::all()
            .add(incentive_run::Column::Id.is_in(runs.iter().copied()))
            .add(incentive_run::Column::State.is_in([Calculated, Approved])),
    )
    .await
}

/// What each rule that gives something gives in these runs, by rule; one statement.
///
/// # Errors
/// When the database fails.
pub async fn totals_of(connection: &impl ConnectionTrait, runs: &[Uuid]) -> Result<Vec<RuleTotal>> {
    use incentive_award::Column::{Amount, Id, MemberId, RuleId, RunId};
    const AWARDS: &str = "awards";
    const GETS: &str = "gets";
    let named = |name: &'static str| Expr::col(Alias::new(name));
    let big = |sum: SimpleExpr| sum.cast_as(Alias::new("bigint"));
    let of_members = Query::select()
        .columns([RunId, RuleId])
        .expr_as(Expr::col(Id).count(), Alias::new(AWARDS))
        .expr_as(big(Expr::col(Amount).sum()), Alias::new(GETS))
        .from(incentive_award::Entity)
        .and_where(RunId.is_in(runs.iter().copied()))
        .and_where(Amount.gt(0))
        .group_by_columns([RunId, RuleId, MemberId])
        .take();
    let statement = Query::select()
        .columns([RunId, RuleId])
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("members"))
        .expr_as(big(named(AWARDS).sum()), Alias::new("awards"))
        .expr_as(big(named(GETS).sum()), Alias::new("amount"))
        .expr_as(named(GETS).max(), Alias::new("largest"))
        .from_subquery(of_members, Alias::new("of_members"))
        .group_by_columns([RunId, RuleId])
        .order_by(RuleId, Order::Asc)
        .take();
    let rows = connection.query_all(&statement).await?;
    let totals = rows.iter().map(|row| RuleTotal::from_query_result(row, ""));
    Ok(totals.collect::<Result<_, _>>()?)
}
