//! What hangs from what, and who belongs to a team on a day.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{assignment, member, region_province};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Permission, Viewer, by_ids, visible};
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::organisation::rules::holds_on;
use crate::organisation::scope::holding_on;

/// The provinces of a region, of any day.
pub struct RegionsProvinces;

impl Link for RegionsProvinces {
    type Child = region_province::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            region_province::Column::Id,
            region_province::Column::RegionId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(region_province::Column::Province),
            Sort::ascending(region_province::Column::ValidFrom),
        ]
    }
}

/// The assignments of a member, of any day.
pub struct MembersAssignments;

impl Link for MembersAssignments {
    type Child = assignment::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (assignment::Column::Id, assignment::Column::MemberId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(assignment::Column::ValidFrom),
            Sort::ascending(assignment::Column::Id),
        ]
    }
}

/// The visible members of teams on a day, each once and sorted by number; two statements.
///
/// # Errors
/// When the database fails.
pub async fn members_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    teams: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Vec<member::Model>>> {
    let placed = visible::<assignment::Entity>(viewer, Permission::MemberRead)
        .filter(assignment::Column::TeamId.is_in(teams.iter().copied()))
        .filter(holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let ids: BTreeSet<Uuid> = placed.iter().map(|row| row.member_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let members =
        by_ids::<member::Entity>(connection, viewer, Permission::MemberRead, &ids).await?;
    let mut pairs: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for row in placed {
        if let Some(team) = row.team_id {
            pairs.entry(team).or_default().insert(row.member_id);
        }
    }
    Ok(pairs
        .into_iter()
        .map(|(team, ids)| {
            let mut rows: Vec<member::Model> = ids
                .iter()
                .filter_map(|id| members.get(id).cloned())
                .collect();
            rows.sort_by(|one, other| one.number.cmp(&other.number));
            (team, rows)
        })
        .collect())
}

/// These members by number, whoever asks: for domains whose rows name members.
///
/// # Errors
/// When the database fails.
pub async fn by_number(
    connection: &impl ConnectionTrait,
    ids: &BTreeSet<Uuid>,
) -> Result<Vec<member::Model>> {
    Ok(member::Entity::find()
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(member::Column::Number)
        .all(connection)
        .await?)
}

/// All assignments of a member, of any day: for the rules, within an action that has locked the member.
///
/// # Errors
/// When the database fails.
pub async fn assignments_of(
    transaction: &impl ConnectionTrait,
    member_id: Uuid,
) -> Result<Vec<assignment::Model>> {
    Ok(assignment::Entity::find()
        .filter(assignment::Column::MemberId.eq(member_id))
        .order_by_asc(assignment::Column::ValidFrom)
        .all(transaction)
        .await?)
}

/// How many members are looked at together at most.
const MOST_MEMBERS: u64 = 2_000;

/// The members whom a permission reaches and who work here on a day of that time (its end excluded), or those of them who
/// are named or placed in a team today; sorted by number, at most 2,000.
///
/// # Errors
/// When the database fails.
pub async fn members_within(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    (first, after): (NaiveDate, NaiveDate),
    team: Option<Uuid>,
    only: Option<&[Uuid]>,
) -> Result<Vec<member::Model>> {
    let mut select = visible::<member::Entity>(viewer, permission)
        .filter(member::Column::JoinedOn.lt(after))
        .filter(
            Condition::any()
                .add(member::Column::LeftOn.is_null())
                .add(member::Column::LeftOn.gt(first)),
        );
    if let Some(only) = only {
        select = select.filter(member::Column::Id.is_in(only.iter().copied()));
    }
    if let Some(team) = team {
        let day = viewer.standing.day.unwrap_or(first);
        let placed = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::MemberId)
            .filter(assignment::Column::TeamId.eq(team))
            .filter(holding_on(
                assignment::Column::ValidFrom,
                assignment::Column::ValidTo,
                day,
            ))
            .into_query();
        select = select.filter(member::Column::Id.in_subquery(placed));
    }
    Ok(select
        .order_by_asc(member::Column::Number)
        .limit(MOST_MEMBERS)
        .all(connection)
        .await?)
}

/// Does a member work here on a day?
///
/// # Errors
/// When the database fails.
pub async fn works_here(
    connection: &impl ConnectionTrait,
    member_id: Uuid,
    day: NaiveDate,
) -> Result<bool> {
    let row = member::Entity::find_by_id(member_id)
        .one(connection)
        .await?;
    Ok(row.is_some_and(|row| holds_on(row.joined_on, row.left_on, day)))
}

/// What these members' numbers are, for the server itself; a statement for each thousand.
///
/// # Errors
/// When the database fails.
pub async fn numbers_of(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let mut numbers = HashMap::new();
    for some in members.chunks(1_000) {
        let rows: Vec<(Uuid, String)> = member::Entity::find()
            .select_only()
            .columns([member::Column::Id, member::Column::Number])
            .filter(member::Column::Id.is_in(some.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        numbers.extend(rows);
    }
    Ok(numbers)
}
