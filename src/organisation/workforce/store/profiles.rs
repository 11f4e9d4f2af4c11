//! What dispatch weighs about members, read for many at once.
//!
//! These reads don't look through anybody's reach: the server decides by them to whom work can go, and whoever shows
//! anything of it looks through the viewer's reach there.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::LeaveState;
use entity::{leave, member_capacity, member_shift};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::abilities::every_ability;
use crate::error::Result;
use crate::organisation::scope::holding_on;

/// A member as dispatch sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The levels of the skills that count on the day, certificates considered.
    pub skills: BTreeMap<Uuid, u8>,
    /// The levels that would count with certificates that have run out or been taken away, where they are higher.
    pub lapsed: BTreeMap<Uuid, u8>,
    /// The calendar of the shift that holds on the day; none when the member works by the default one.
    pub shift: Option<Uuid>,
    /// Is the member at work at the moment, by shift or default calendar? Leave isn't looked at here.
    pub on_shift: bool,
    /// The granted leave that the moment falls into.
    pub on_leave: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// How many open tickets the member can have at once, if that was set.
    pub capacity: Option<i32>,
}

/// What dispatch weighs about members at a moment and on its day; every member asked for has a profile. A fixed number
/// of statements, however many members.
///
/// # Errors
/// When the database fails, or a calendar in it can't be read.
pub async fn profiles(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    at: DateTime<Utc>,
    day: NaiveDate,
) -> Result<HashMap<Uuid, Profile>> {
    let mut profiles: HashMap<Uuid, Profile> = members
        .iter()
        .map(|member| {
            (
                *member,
                Profile {
                    on_shift: true,
                    ..Profile::default()
                },
            )
        })
        .collect();
    for (member, ability) in every_ability(connection, members, day).await? {
        if let Some(profile) = profiles.get_mut(&member) {
            profile.skills = ability.counts;
            profile.lapsed = ability.lapsed;
        }
    }
    for row in shifts_on(connection, members, day).await? {
        if let Some(profile) = profiles.get_mut(&row.member_id) {
            profile.shift = Some(row.calendar_id);
        }
    }
    for row in on_leave(connection, members, at).await? {
        if let Some(profile) = profiles.get_mut(&row.member_id) {
            profile.on_leave = Some((row.starts_at, row.ends_at));
        }
    }
    for row in capacities_on(connection, members, day).await? {
        if let Some(profile) = profiles.get_mut(&row.member_id) {
            profile.capacity = Some(row.open_tickets);
        }
    }
    Ok(profiles)
}

async fn on_leave(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    at: DateTime<Utc>,
) -> Result<Vec<leave::Model>> {
    use leave::Column;
    Ok(leave::Entity::find()
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(Column::State.eq(LeaveState::Approved))
        .filter(Column::StartsAt.lte(at))
        .filter(Column::EndsAt.gt(at))
        .order_by_asc(Column::StartsAt)
        .all(connection)
        .await?)
}

async fn capacities_on(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<member_capacity::Model>> {
    use member_capacity::Column;
    Ok(member_capacity::Entity::find()
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(holding_on(Column::ValidFrom, Column::ValidTo, day))
        .all(connection)
        .await?)
}

async fn shifts_on(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<member_shift::Model>> {
    use member_shift::Column;
    Ok(member_shift::Entity::find()
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(holding_on(Column::ValidFrom, Column::ValidTo, day))
        .all(connection)
        .await?)
}
