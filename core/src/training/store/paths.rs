//! Learning paths, and who has to do them.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{training_course, training_path, training_path_course};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::enrolments::attended_by;
use crate::error::Result;
use crate::organisation::{self, holds_on};
use crate::training::rules::paths::{DutyState, done, due, state};

/// The courses of these paths in their order.
///
/// # Errors
/// When the database fails.
pub async fn path_courses(
    connection: &impl ConnectionTrait,
    paths: &[Uuid],
) -> Result<HashMap<Uuid, Vec<training_course::Model>>> {
    let rows = training_path_course::Entity::find()
        .filter(training_path_course::Column::PathId.is_in(paths.iter().copied()))
        .order_by_asc(training_path_course::Column::Place)
        .all(connection)
        .await?;
    let courses: HashMap<Uuid, training_course::Model> = training_course::Entity::find()
        .filter(training_course::Column::Id.is_in(rows.iter().map(|row| row.course_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|course| (course.id, course))
        .collect();
    let mut all: HashMap<Uuid, Vec<training_course::Model>> = HashMap::new();
    for row in rows {
        if let Some(course) = courses.get(&row.course_id) {
            all.entry(row.path_id).or_default().push(course.clone());
        }
    }
    Ok(all)
}

/// The courses of a path from now on.
///
/// # Errors
/// When the database fails.
pub async fn replace_path_courses(
    tx: &impl ConnectionTrait,
    path_id: Uuid,
    rows: Vec<training_path_course::Model>,
) -> Result<()> {
    training_path_course::Entity::delete_many()
        .filter(training_path_course::Column::PathId.eq(path_id))
        .exec(tx)
        .await?;
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        training_path_course::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The paths that the holders of some position must do, and that are in use.
///
/// # Errors
/// When the database fails.
pub async fn mandatory(connection: &impl ConnectionTrait) -> Result<Vec<training_path::Model>> {
    Ok(training_path::Entity::find()
        .filter(training_path::Column::PositionId.is_not_null())
        .filter(training_path::Column::RetiredAt.is_null())
        .order_by_asc(training_path::Column::Code)
        .all(connection)
        .await?)
}

/// A path that a member must do, and how it stands.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The member.
    pub member: Uuid,
    /// The path.
    pub path: training_path::Model,
    /// Until when, that day included.
    pub due: NaiveDate,
    /// Its courses in their order, and whether each is done.
    pub courses: Vec<(training_course::Model, bool)>,
    /// How it stands.
    pub state: DutyState,
}

/// What these members must do on a day, whoever asks: the most urgent first. Five statements.
///
/// # Errors
/// When the database fails.
pub async fn duties(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<Duty>> {
    let paths = mandatory(connection).await?;
    let ids: Vec<Uuid> = paths.iter().map(|path| path.id).collect();
    let courses = path_courses(connection, &ids).await?;
    let held = organisation::positions_of(connection, members).await?;
    let attended = attended_by(connection, members).await?;
    let mut duties = Vec::new();
    for member in members {
        let spans = held.get(member).map_or(&[][..], Vec::as_slice);
        for path in &paths {
            let mine = || {
                spans
                    .iter()
                    .filter(|span| Some(span.position) == path.position_id)
            };
            if !mine().any(|span| holds_on(span.from, span.to, day)) {
                continue;
            }
            // A change of team within the position begins nothing anew.
            let since = mine().map(|span| span.from).min();
            let (Some(since), Some(from), Some(days)) =
                (since, path.mandatory_from, path.days_limit)
            else {
                continue;
            };
            let courses: Vec<(training_course::Model, bool)> = courses
                .get(&path.id)
                .into_iter()
                .flatten()
                .map(|course| {
                    let attended = attended.get(&(*member, course.id));
                    let is_done = attended.is_some_and(|all| done(course.minutes, all));
                    (course.clone(), is_done)
                })
                .collect();
            let due = due(since, from, days);
            let finished = courses.iter().filter(|(_, done)| *done).count();
            duties.push(Duty {
                member: *member,
                path: path.clone(),
                due,
                state: state(finished, courses.len(), due, day),
                courses,
            });
        }
    }
    duties.sort_by(|one, other| {
        (one.state, one.due, one.member).cmp(&(other.state, other.due, other.member))
    });
    Ok(duties)
}
