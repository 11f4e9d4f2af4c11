//! Goals at their deadline, whoever looks: what incentives are worked out from.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{GoalBound, GoalPopulation, GoalState};
use entity::goal;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::decimal::Decimal;
use crate::error::Result;

/// A goal that came to its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The goal.
    pub goal_id: Uuid,
    /// The member or the team whose goal it was.
    pub of: Uuid,
    /// The target.
    pub target: Decimal,
    /// The final figure; none when nothing was measured.
    pub result: Option<Decimal>,
    /// On which side of the target the figure had to end.
    pub bound: GoalBound,
    /// Was it reached?
    pub achieved: bool,
}

/// The goals of these members, or else of all teams, whose deadline lies within these days - after `from`, at `to` at the
/// latest - and that were closed by a moment, by id; one statement.
///
/// # Errors
/// When the database fails.
pub async fn ended(
    connection: &impl ConnectionTrait,
    members: Option<&[Uuid]>,
    (from, to): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<Vec<Ended>> {
    use goal::Column::{ClosedAt, Id, MemberId, Population, State, UntilDay};
    let whose = members.map_or_else(
        || Condition::all().add(Population.eq(GoalPopulation::Team)),
        |members| Condition::all().add(MemberId.is_in(members.iter().copied())),
    );
    let rows = goal::Entity::find()
        .filter(whose)
        .filter(State.is_in([GoalState::Achieved, GoalState::Missed]))
        .filter(UntilDay.gt(from))
        .filter(UntilDay.lte(to))
        .filter(ClosedAt.lte(known_at))
        .order_by_asc(Id)
        .all(connection)
        .await?;
    let ended = |row: goal::Model| {
        Some(Ended {
            goal_id: row.id,
            of: row.member_id.or(row.team_id)?,
            target: Decimal(row.target),
            result: row.result.map(Decimal),
            bound: row.bound,
            achieved: row.state == GoalState::Achieved,
        })
    };
    Ok(rows.into_iter().filter_map(ended).collect())
}

/// The goals of these members that are pursued and whose deadline lies within these days, as in [`ended`], by id; one statement.
///
/// # Errors
/// When the database fails.
pub async fn pursued(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<goal::Model>> {
    use goal::Column::{Id, MemberId, State, UntilDay};
    Ok(goal::Entity::find()
        .filter(MemberId.is_in(members.iter().copied()))
        .filter(State.eq(GoalState::Active))
        .filter(UntilDay.gt(from))
        .filter(UntilDay.lte(to))
        .order_by_asc(Id)
        .all(connection)
        .await?)
}

/// How many goals whose deadline lies within these days, as in [`ended`], aren't closed yet, of parts of the company of these kinds; one
/// statement.
///
/// # Errors
/// When the database fails.
pub async fn unclosed(
    connection: &impl ConnectionTrait,
    populations: &[GoalPopulation],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<u64> {
    use goal::Column::{Population, State, UntilDay};
    Ok(goal::Entity::find()
        .filter(Population.is_in(populations.iter().copied()))
        .filter(State.eq(GoalState::Active))
        .filter(UntilDay.gt(from))
        .filter(UntilDay.lte(to))
        .count(connection)
        .await?)
}

/// Whose goals that came to their deadline within these days, as in [`ended`], are measured by which metrics: member or team, and the
/// key of the metric. One statement.
///
/// # Errors
/// When the database fails.
pub async fn measures(
    connection: &impl ConnectionTrait,
    population: GoalPopulation,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(Uuid, String)>> {
    use goal::Column::{MemberId, MetricKey, Population, State, TeamId, UntilDay};
    let of = match population {
        GoalPopulation::Member => MemberId,
        GoalPopulation::Team => TeamId,
        _ => return Ok(Vec::new()),
    };
    Ok(goal::Entity::find()
        .select_only()
        .columns([of, MetricKey])
        .filter(Population.eq(population))
        .filter(of.is_not_null())
        .filter(State.is_in([GoalState::Achieved, GoalState::Missed]))
        .filter(UntilDay.gt(from))
        .filter(UntilDay.lte(to))
        .into_tuple()
        .all(connection)
        .await?)
}
