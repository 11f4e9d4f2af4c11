//! What dispatch weighs about members, read for many at once.
//!
//! These reads don't look through anybody's reach: the server decides by them to whom work can go, and whoever shows
//! anything of it looks through the viewer's reach there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::enums::LeaveState;
use entity::{leave, member_capacity, member_shift};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::abilities::every_ability;
use crate::calendars;
use crate::calendars::rules::Calendar;
use crate::error::Result;
use crate::organisation::rules::Span;
use crate::organisation::scope::holding_on;
use crate::organisation::workforce::DEFAULT_CALENDAR;
use crate::organisation::workforce::rules::presence::{Shift, at_work_until, shift_on};

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
        .map(|member| (*member, Profile::default()))
        .collect();
    for (member, ability) in every_ability(connection, members, day).await? {
        if let Some(profile) = profiles.get_mut(&member) {
            profile.skills = ability.counts;
            profile.lapsed = ability.lapsed;
        }
    }
    for (member, at_work) in at_work(connection, members, at, day).await? {
        if let Some(profile) = profiles.get_mut(&member) {
            profile.shift = at_work.shift;
            profile.on_shift = at_work.on_shift;
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

/// Whether a member is at work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtWork {
    /// The calendar of the shift of the day.
    pub shift: Option<Uuid>,
    /// Is the member at work at the moment?
    pub on_shift: bool,
    /// When the work that the member is at ends.
    pub until: Option<DateTime<Utc>>,
}

/// Who of these members is at work at a moment, leave not looked at.
///
/// # Errors
/// When the database fails, or a calendar in it can't be read.
pub async fn at_work(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    at: DateTime<Utc>,
    day: NaiveDate,
) -> Result<HashMap<Uuid, AtWork>> {
    let mut shifts: HashMap<Uuid, Vec<Shift>> = HashMap::new();
    for row in shifts_around(connection, members, at, day).await? {
        let span = Span {
            from: row.valid_from,
            to: row.valid_to,
        };
        let list = shifts.entry(row.member_id).or_default();
        list.push((span, row.calendar_id));
    }
    let default = calendars::store::by_code(connection, DEFAULT_CALENDAR).await?;
    let default = default.map(|row| row.id);
    let ids: BTreeSet<Uuid> = shifts
        .values()
        .flatten()
        .map(|(_, calendar)| *calendar)
        .chain(default)
        .collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let versions = calendars::store::current_of(connection, &ids).await?;
    let calendars: HashMap<Uuid, Calendar> = versions
        .iter()
        .map(|(id, version)| Ok((*id, Calendar::from_version(version)?)))
        .collect::<Result<_>>()?;
    let otherwise = default.and_then(|id| calendars.get(&id));
    let answer = |member: &Uuid| {
        let shifts = shifts.get(member).map_or(&[][..], Vec::as_slice);
        let shift = shift_on(shifts, day);
        let calendar = |id: Uuid| -> Option<&Calendar> { calendars.get(&id) };
        let until = at_work_until(shifts, calendar, otherwise, at);
        let never_asked = shift.is_none() && otherwise.is_none();
        let at_work = AtWork {
            shift,
            on_shift: until.is_some() || never_asked,
            until,
        };
        (*member, at_work)
    };
    Ok(members.iter().map(answer).collect())
}

/// The shifts that hold on the day or on one of those whose windows may still run.
async fn shifts_around(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    at: DateTime<Utc>,
    day: NaiveDate,
) -> Result<Vec<member_shift::Model>> {
    use member_shift::Column;
    let around = at.date_naive();
    let before = |day: NaiveDate| day.checked_sub_days(Days::new(2)).unwrap_or(day);
    let after = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
    Ok(member_shift::Entity::find()
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(Column::ValidFrom.lte(after(around).max(day)))
        .filter(
            Condition::any()
                .add(Column::ValidTo.is_null())
                .add(Column::ValidTo.gt(before(around).min(day))),
        )
        .all(connection)
        .await?)
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
