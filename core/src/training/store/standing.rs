//! What the year of members comes to, for many at once.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::enums::{TrainingEnrolmentState, TrainingSessionState};
use entity::{training_enrolment, training_hour, training_session, training_target};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::enrolments::to_session;
use crate::error::Result;
use crate::organisation::{self, holds_on, workforce};
use crate::training::rules::targets::{
    Known, Life, Outlook, Year, outlook, target_of, wanted, whole_days,
};

/// A member, as far as hours go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learner {
    /// The member.
    pub member: Uuid,
    /// What is asked for, booked and enrolled for.
    pub known: Known,
    /// How the year stands.
    pub outlook: Outlook,
}

/// The targets of positions, all years.
///
/// # Errors
/// When the database fails.
pub async fn targets(connection: &impl ConnectionTrait) -> Result<Vec<training_target::Model>> {
    Ok(training_target::Entity::find()
        .order_by_asc(training_target::Column::PositionId)
        .order_by_asc(training_target::Column::Year)
        .all(connection)
        .await?)
}

/// The members whose year is asked for, with when they joined and left.
pub type Lives = [(Uuid, NaiveDate, Option<NaiveDate>)];

/// The year of these members, whoever asks; five statements. `usual` is the target in minutes of positions without one.
///
/// # Errors
/// When the database fails.
pub async fn learners(
    connection: &impl ConnectionTrait,
    members: &Lives,
    (number, year): (i32, Year),
    usual: i64,
    (today, now, zone): (NaiveDate, DateTime<Utc>, Tz),
) -> Result<Vec<Learner>> {
    let ids: Vec<Uuid> = members.iter().map(|(id, ..)| *id).collect();
    let mut set: HashMap<Uuid, Vec<(i32, i64)>> = HashMap::new();
    for row in targets(connection).await? {
        let target = (row.year, i64::from(row.minutes));
        set.entry(row.position_id).or_default().push(target);
    }
    let held = organisation::positions_of(connection, &ids).await?;
    let away = workforce::granted_leave(connection, &ids).await?;
    let booked = booked(connection, &ids, year).await?;
    let ahead = ahead(connection, &ids, year, now, zone).await?;
    let learners = members.iter().map(|(id, joined, left)| {
        let local = |at: &DateTime<Utc>| at.with_timezone(&zone).naive_local();
        let life = Life {
            joined: *joined,
            left: *left,
            away: away
                .get(id)
                .into_iter()
                .flatten()
                .filter_map(|(from, to)| whole_days(local(from), local(to)))
                .collect(),
        };
        let spans = held.get(id).map_or(&[][..], Vec::as_slice);
        let target = wanted(year, &life, |day| {
            spans
                .iter()
                .find(|span| span.home && holds_on(span.from, span.to, day))
                .and_then(|span| target_of(set.get(&span.position)?, number))
                .unwrap_or(usual)
        });
        let known = Known {
            target,
            booked: booked.get(id).copied().unwrap_or(0),
            ahead: ahead.get(id).copied().unwrap_or(0),
        };
        Learner {
            member: *id,
            known,
            outlook: outlook(year, &life, known, today),
        }
    });
    Ok(learners.collect())
}

/// What the ledger has for that year.
async fn booked(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    year: Year,
) -> Result<HashMap<Uuid, i64>> {
    let rows: Vec<(Uuid, Option<i64>)> = training_hour::Entity::find()
        .select_only()
        .column(training_hour::Column::MemberId)
        .column_as(training_hour::Column::Minutes.sum(), "minutes")
        .filter(training_hour::Column::MemberId.is_in(members.iter().copied()))
        .filter(training_hour::Column::Day.gte(year.first))
        .filter(training_hour::Column::Day.lt(year.after))
        .group_by(training_hour::Column::MemberId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(member, minutes)| (member, minutes.unwrap_or(0)))
        .collect())
}

/// What sessions of that year bring that are still to come.
async fn ahead(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    year: Year,
    now: DateTime<Utc>,
    zone: Tz,
) -> Result<HashMap<Uuid, i64>> {
    let rows: Vec<(Uuid, i32, DateTime<Utc>)> = training_enrolment::Entity::find()
        .select_only()
        .column(training_enrolment::Column::MemberId)
        .column(training_session::Column::Minutes)
        .column(training_session::Column::StartsAt)
        .join(JoinType::InnerJoin, to_session())
        .filter(training_enrolment::Column::MemberId.is_in(members.iter().copied()))
        .filter(training_enrolment::Column::State.eq(TrainingEnrolmentState::Enrolled))
        .filter(training_enrolment::Column::Attendance.is_null())
        .filter(
            training_session::Column::State
                .is_in([TrainingSessionState::Open, TrainingSessionState::Running]),
        )
        .filter(training_session::Column::EndsAt.gt(now))
        .into_tuple()
        .all(connection)
        .await?;
    let mut ahead = HashMap::new();
    for (member, minutes, starts_at) in rows {
        let day = starts_at.with_timezone(&zone).date_naive();
        if day >= year.first && day < year.after {
            *ahead.entry(member).or_insert(0) += i64::from(minutes);
        }
    }
    Ok(ahead)
}
