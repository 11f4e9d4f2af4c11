//! What figures count: entries of the ledger, and who was at sessions.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::enums::{TrainingAttendance, TrainingEnrolmentState};
use entity::{training_course, training_enrolment, training_hour, training_session};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::{Result, Text};

/// A place that was taken in a session, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The session.
    pub session: Uuid,
    /// Its turn within the session.
    pub turn: i64,
    /// The member.
    pub member: Uuid,
    /// When the session began.
    pub at: DateTime<Utc>,
    /// The code of the course.
    pub course: String,
    /// Whether the member was there.
    pub attendance: TrainingAttendance,
    /// For how many minutes.
    pub minutes: i32,
}

/// These entries of the ledger.
///
/// # Errors
/// When the database fails.
pub async fn entries_by_id(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<training_hour::Model>> {
    Ok(training_hour::Entity::find()
        .filter(training_hour::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?)
}

/// The next entries of the ledger, by their keys.
///
/// # Errors
/// When the database fails.
pub async fn entry_ids(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    next::<training_hour::Entity>(connection, training_hour::Column::Id, after, limit).await
}

/// The next sessions, by their keys.
///
/// # Errors
/// When the database fails.
pub async fn session_ids(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    next::<training_session::Entity>(connection, training_session::Column::Id, after, limit).await
}

async fn next<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    key: E::Column,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    let later = Condition::all().add_option(after.map(|after| key.gt(after)));
    Ok(E::find()
        .select_only()
        .column(key)
        .filter(later)
        .order_by_asc(key)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// The places of these sessions whose attendance is recorded.
///
/// # Errors
/// When the database fails.
pub async fn taken(connection: &impl ConnectionTrait, sessions: &[Uuid]) -> Result<Vec<Taken>> {
    use training_enrolment::Column;
    let held: Vec<(Uuid, DateTime<Utc>, Uuid)> = training_session::Entity::find()
        .select_only()
        .columns([
            training_session::Column::Id,
            training_session::Column::StartsAt,
            training_session::Column::CourseId,
        ])
        .filter(training_session::Column::Id.is_in(sessions.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let courses: Vec<(Uuid, String)> = training_course::Entity::find()
        .select_only()
        .columns([training_course::Column::Id, training_course::Column::Code])
        .filter(training_course::Column::Id.is_in(held.iter().map(|(_, _, course)| *course)))
        .into_tuple()
        .all(connection)
        .await?;
    let courses: BTreeMap<Uuid, String> = courses.into_iter().collect();
    let held: BTreeMap<Uuid, (DateTime<Utc>, &String)> = held
        .iter()
        .filter_map(|(id, at, course)| Some((*id, (*at, courses.get(course)?))))
        .collect();
    let rows = training_enrolment::Entity::find()
        .filter(Column::SessionId.is_in(sessions.iter().copied()))
        .filter(Column::State.eq(TrainingEnrolmentState::Enrolled))
        .filter(Column::Attendance.is_not_null())
        .order_by_asc(Column::SessionId)
        .order_by_asc(Column::Turn)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (at, course) = held.get(&row.session_id)?;
            Some(Taken {
                session: row.session_id,
                turn: row.turn,
                member: row.member_id,
                at: *at,
                course: (*course).clone(),
                attendance: row.attendance?,
                minutes: row.minutes.unwrap_or(0),
            })
        })
        .collect())
}

/// The names of courses by their codes.
///
/// # Errors
/// When the database fails.
pub async fn course_names(
    connection: &impl ConnectionTrait,
    codes: &[String],
) -> Result<BTreeMap<String, Text>> {
    let rows = training_course::Entity::find()
        .filter(training_course::Column::Code.is_in(codes.iter().cloned()))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, Text::new(row.name, row.name_zh)))
        .collect())
}
