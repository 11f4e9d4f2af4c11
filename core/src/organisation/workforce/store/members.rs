//! What hangs on members and skills, and who is away.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{LeaveKind, LeaveState};
use entity::{
    certificate, leave, member, member_capacity, member_certificate, member_shift, member_skill,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Permission, Viewer, visible};
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::organisation::rules::holds_on;
use crate::organisation::store::members_of;

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $parent:ident, first $sort:ident;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::$parent)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![Sort::ascending($table::Column::$sort), Sort::ascending($table::Column::Id)]
                }
            }
        )*
    };
}

links! {
    /// The levels that are recorded for a member, of any day.
    MembersSkills: member_skill by MemberId, first ValidFrom;
    /// The certificates that a member holds or held.
    MembersCertificates: member_certificate by MemberId, first IssuedOn;
    /// The shifts of a member, of any day.
    MembersShifts: member_shift by MemberId, first ValidFrom;
    /// The capacities of a member, of any day.
    MembersCapacities: member_capacity by MemberId, first ValidFrom;
    /// The leave of a member, with why: under `member.leave.read`.
    MembersLeaves: leave by MemberId, first StartsAt;
    /// The certificates that grant a skill.
    SkillsCertificates: certificate by SkillId, first Code;
}

/// When members are away within a stretch of time, without why: granted leave of those whom the viewer may see. An open
/// end is the end of time.
///
/// # Errors
/// When the database fails.
pub async fn away(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    members: &[Uuid],
    (from, to): (DateTime<Utc>, Option<DateTime<Utc>>),
) -> Result<HashMap<Uuid, Vec<(DateTime<Utc>, DateTime<Utc>)>>> {
    use leave::Column;
    let mut select = visible::<leave::Entity>(viewer, Permission::MemberRead)
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(Column::State.eq(LeaveState::Approved))
        .filter(Column::EndsAt.gt(from));
    if let Some(to) = to {
        select = select.filter(Column::StartsAt.lt(to));
    }
    let rows = select
        .order_by_asc(Column::StartsAt)
        .all(connection)
        .await?;
    let mut away = HashMap::<Uuid, Vec<_>>::new();
    for row in rows {
        let times = away.entry(row.member_id).or_default();
        times.push((row.starts_at, row.ends_at));
    }
    Ok(away)
}

/// The members of a team on a day whom the viewer may see and who work here then, by number.
///
/// # Errors
/// When the database fails.
pub async fn team_on(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    team: Uuid,
    day: NaiveDate,
) -> Result<Vec<member::Model>> {
    let mut of = members_of(connection, viewer, &[team], day).await?;
    let mut rows = of.remove(&team).unwrap_or_default();
    rows.retain(|row| holds_on(row.joined_on, row.left_on, day));
    Ok(rows)
}

/// From when until when each member is away.
pub type TimesAway = HashMap<Uuid, Vec<(DateTime<Utc>, DateTime<Utc>)>>;

/// When these members are away by granted leave but not for training or on business, by member: what the target of hours
/// is weighed by. Looks at everybody, as counting does.
///
/// # Errors
/// When the database fails.
pub async fn granted_leave(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
) -> Result<TimesAway> {
    let rows = leave::Entity::find()
        .filter(leave::Column::MemberId.is_in(members.iter().copied()))
        .filter(leave::Column::State.eq(LeaveState::Approved))
        .filter(leave::Column::Kind.is_not_in([LeaveKind::Training, LeaveKind::BusinessTrip]))
        .order_by_asc(leave::Column::StartsAt)
        .all(connection)
        .await?;
    let mut away = TimesAway::new();
    for row in rows {
        let times = (row.starts_at, row.ends_at);
        away.entry(row.member_id).or_default().push(times);
    }
    Ok(away)
}
