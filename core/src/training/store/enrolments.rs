//! Enrolments: for actions that hold the session's lock, and counted for those who look.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{TrainingAttendance, TrainingEnrolmentState};
use entity::{training_enrolment, training_session};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;
use crate::training::rules::paths::Attended;
use crate::training::rules::queue::Place;

/// The session, locked until the transaction ends: whoever changes its places does so one after another.
///
/// # Errors
/// When the database fails.
pub async fn lock_session(
    tx: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<training_session::Model>> {
    Ok(training_session::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// All enrolments of a session, by their turn.
///
/// # Errors
/// When the database fails.
pub async fn enrolments_of(
    connection: &impl ConnectionTrait,
    session_id: Uuid,
) -> Result<Vec<training_enrolment::Model>> {
    Ok(training_enrolment::Entity::find()
        .filter(training_enrolment::Column::SessionId.eq(session_id))
        .order_by_asc(training_enrolment::Column::Turn)
        .all(connection)
        .await?)
}

/// One enrolment as it is now.
///
/// # Errors
/// When the database fails.
pub async fn enrolment(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<training_enrolment::Model>> {
    Ok(training_enrolment::Entity::find_by_id(id)
        .one(connection)
        .await?)
}

/// Enrolments as far as the order goes.
#[must_use]
pub fn places(rows: &[training_enrolment::Model]) -> Vec<Place> {
    rows.iter()
        .map(|row| Place {
            id: row.id,
            state: row.state,
            turn: row.turn,
        })
        .collect()
}

/// How many have and wait for a place in each session. Whose they are isn't said, so no reach is looked through.
///
/// # Errors
/// When the database fails.
pub async fn session_counts(
    connection: &impl ConnectionTrait,
    sessions: &[Uuid],
) -> Result<HashMap<Uuid, (i64, i64)>> {
    let rows: Vec<(Uuid, TrainingEnrolmentState, i64)> = training_enrolment::Entity::find()
        .select_only()
        .column(training_enrolment::Column::SessionId)
        .column(training_enrolment::Column::State)
        .column_as(training_enrolment::Column::Id.count(), "count")
        .filter(training_enrolment::Column::SessionId.is_in(sessions.iter().copied()))
        .group_by(training_enrolment::Column::SessionId)
        .group_by(training_enrolment::Column::State)
        .into_tuple()
        .all(connection)
        .await?;
    let mut counts: HashMap<Uuid, (i64, i64)> = HashMap::new();
    for (session, state, count) in rows {
        let both = counts.entry(session).or_default();
        match state {
            TrainingEnrolmentState::Enrolled => both.0 = count,
            TrainingEnrolmentState::Waiting => both.1 = count,
            TrainingEnrolmentState::Cancelled => {}
        }
    }
    Ok(counts)
}

/// What these members attended, by member and course.
///
/// # Errors
/// When the database fails.
pub async fn attended_by(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
) -> Result<HashMap<(Uuid, Uuid), Vec<Attended>>> {
    let rows: Vec<(Uuid, Uuid, TrainingAttendance, Option<i32>)> =
        training_enrolment::Entity::find()
            .select_only()
            .column(training_enrolment::Column::MemberId)
            .column(training_session::Column::CourseId)
            .column(training_enrolment::Column::Attendance)
            .column(training_enrolment::Column::Minutes)
            .join(sea_orm::JoinType::InnerJoin, to_session())
            .filter(training_enrolment::Column::MemberId.is_in(members.iter().copied()))
            .filter(training_enrolment::Column::Attendance.is_not_null())
            .into_tuple()
            .all(connection)
            .await?;
    let mut attended: HashMap<(Uuid, Uuid), Vec<Attended>> = HashMap::new();
    for (member, course, attendance, minutes) in rows {
        attended
            .entry((member, course))
            .or_default()
            .push(Attended {
                attendance,
                minutes: minutes.unwrap_or(0),
            });
    }
    Ok(attended)
}

/// The join from an enrolment to its session.
pub(super) fn to_session() -> sea_orm::RelationDef {
    training_enrolment::Entity::belongs_to(training_session::Entity)
        .from(training_enrolment::Column::SessionId)
        .to(training_session::Column::Id)
        .into()
}

/// Who took part in the sessions of a course.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Turnout {
    /// The course.
    pub course_id: Uuid,
    /// Places that were taken: who came twice counts twice (人次).
    pub places: i64,
    /// Distinct people (人数).
    pub people: i64,
    /// Places of those who didn't come.
    pub absent: i64,
    /// Minutes that were attended.
    pub minutes: Option<i64>,
}

/// The turnout of each course over some time, of the enrolments that the viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn turnout(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    course: Option<Uuid>,
) -> Result<Vec<Turnout>> {
    use training_enrolment::Column as E;
    let came = || E::Attendance.ne(TrainingAttendance::Absent);
    let mut select =
        visible::<training_enrolment::Entity>(viewer, Permission::TrainingEnrolmentRead)
            .select_only()
            .column(training_session::Column::CourseId)
            .expr_as(Expr::expr(Expr::case(came(), 1).finally(0)).sum(), "places")
            .expr_as(
                Expr::expr(Expr::case(
                    came(),
                    Expr::col((training_enrolment::Entity, E::MemberId)),
                ))
                .count_distinct(),
                "people",
            )
            .expr_as(
                Expr::expr(Expr::case(E::Attendance.eq(TrainingAttendance::Absent), 1).finally(0))
                    .sum(),
                "absent",
            )
            .expr_as(
                Expr::col((training_enrolment::Entity, E::Minutes)).sum(),
                "minutes",
            )
            .join(sea_orm::JoinType::InnerJoin, to_session())
            .filter(E::Attendance.is_not_null())
            .filter(training_session::Column::StartsAt.gte(from))
            .filter(training_session::Column::StartsAt.lt(until))
            .group_by(training_session::Column::CourseId)
            .order_by_asc(training_session::Column::CourseId);
    if let Some(course) = course {
        select = select.filter(training_session::Column::CourseId.eq(course));
    }
    Ok(select.into_model::<Turnout>().all(connection).await?)
}

/// Who waits for a place in these sessions, by session.
///
/// # Errors
/// When the database fails.
pub async fn waiting_in(
    connection: &impl ConnectionTrait,
    sessions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Place>>> {
    let rows = training_enrolment::Entity::find()
        .filter(training_enrolment::Column::SessionId.is_in(sessions.iter().copied()))
        .filter(training_enrolment::Column::State.eq(TrainingEnrolmentState::Waiting))
        .all(connection)
        .await?;
    let mut waiting: HashMap<Uuid, Vec<Place>> = HashMap::new();
    for row in &rows {
        let place = places(std::slice::from_ref(row));
        waiting.entry(row.session_id).or_default().extend(place);
    }
    Ok(waiting)
}
