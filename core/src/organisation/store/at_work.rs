//! Members page by page as they were on a day: what incentives are worked out for, whoever looks.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::AssignmentKind;
use entity::{assignment, member};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::staff::Employed;
use crate::error::Result;

/// The next members by id who work here on one of these days, so many at most; one statement.
///
/// # Errors
/// When the database fails.
pub async fn employed_after(
    connection: &impl ConnectionTrait,
    (from, until): (NaiveDate, NaiveDate),
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Employed>> {
    use member::Column::{Id, JoinedOn, LeftOn};
    let still_there = Condition::any().add(LeftOn.is_null()).add(LeftOn.gt(from));
    let rows: Vec<(Uuid, NaiveDate, Option<NaiveDate>)> = member::Entity::find()
        .select_only()
        .columns([Id, JoinedOn, LeftOn])
        .filter(JoinedOn.lt(until))
        .filter(still_there)
        .filter(Condition::all().add_option(after.map(|after| Id.gt(after))))
        .order_by_asc(Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(employed).collect())
}

/// Those of these members who work here on one of these days, by id; one statement.
///
/// # Errors
/// When the database fails.
pub async fn employed_among(
    connection: &impl ConnectionTrait,
    (from, until): (NaiveDate, NaiveDate),
    members: &[Uuid],
) -> Result<Vec<Employed>> {
    use member::Column::{Id, JoinedOn, LeftOn};
    let still_there = Condition::any().add(LeftOn.is_null()).add(LeftOn.gt(from));
    let rows: Vec<(Uuid, NaiveDate, Option<NaiveDate>)> = member::Entity::find()
        .select_only()
        .columns([Id, JoinedOn, LeftOn])
        .filter(JoinedOn.lt(until))
        .filter(still_there)
        .filter(Id.is_in(members.iter().copied()))
        .order_by_asc(Id)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(employed).collect())
}

fn employed((member, joined, left): (Uuid, NaiveDate, Option<NaiveDate>)) -> Employed {
    Employed {
        member,
        joined,
        left,
    }
}

/// The region in which each of these members works on a day: of several the one with the largest share of the time, then the
/// first one. One statement.
///
/// # Errors
/// When the database fails.
pub async fn regions_of_members(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Uuid>> {
    use assignment::Column::{Id, Kind, MemberId, Percent, ValidFrom, ValidTo};
    let holds = Condition::any().add(ValidTo.is_null()).add(ValidTo.gt(day));
    let rows = assignment::Entity::find()
        .filter(MemberId.is_in(members.iter().copied()))
        .filter(Kind.eq(AssignmentKind::Regional))
        .filter(ValidFrom.lte(day))
        .filter(holds)
        .order_by_desc(Percent)
        .order_by_asc(Id)
        .all(connection)
        .await?;
    let mut regions = HashMap::new();
    for row in rows {
        if let Some(region) = row.region_id {
            regions.entry(row.member_id).or_insert(region);
        }
    }
    Ok(regions)
}

/// Who has the home in which team on a day, by team and member; two statements.
///
/// # Errors
/// When the database fails.
pub async fn teams_with_homes(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<(Uuid, Uuid)>> {
    use assignment::Column::{Kind, MemberId, TeamId, ValidFrom, ValidTo};
    let holds = Condition::any().add(ValidTo.is_null()).add(ValidTo.gt(day));
    let rows: Vec<(Option<Uuid>, Uuid)> = assignment::Entity::find()
        .select_only()
        .columns([TeamId, MemberId])
        .filter(Kind.eq(AssignmentKind::Home))
        .filter(TeamId.is_not_null())
        .filter(ValidFrom.lte(day))
        .filter(holds)
        .order_by_asc(TeamId)
        .order_by_asc(MemberId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(team, member)| Some((team?, member)))
        .collect())
}
