//! What those who attended say. Nothing here gives out whose an answer is.

use std::collections::HashMap;

use entity::training_feedback;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use crate::error::Result;

/// What was said of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The ratings, the lowest first.
    pub ratings: Vec<i32>,
    /// The comments in the order of their letters: that of their times would tell.
    pub comments: Vec<String>,
}

/// Writes an answer; false when this enrolment has given one already.
///
/// # Errors
/// When the database fails.
pub async fn insert_feedback(
    tx: &impl ConnectionTrait,
    row: training_feedback::Model,
) -> Result<bool> {
    let same = training_feedback::Entity::find()
        .filter(training_feedback::Column::EnrolmentId.eq(row.enrolment_id))
        .count(tx)
        .await?;
    if same > 0 {
        return Ok(false);
    }
    training_feedback::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(true)
}

/// What was said of these sessions.
///
/// # Errors
/// When the database fails.
pub async fn said(
    connection: &impl ConnectionTrait,
    sessions: &[Uuid],
) -> Result<HashMap<Uuid, Said>> {
    let rows = training_feedback::Entity::find()
        .filter(training_feedback::Column::SessionId.is_in(sessions.iter().copied()))
        .order_by_asc(training_feedback::Column::Rating)
        .order_by_asc(training_feedback::Column::Comment)
        .all(connection)
        .await?;
    let mut all: HashMap<Uuid, Said> = HashMap::new();
    for row in rows {
        let said = all.entry(row.session_id).or_default();
        said.ratings.push(row.rating);
        said.comments.extend(row.comment);
    }
    for said in all.values_mut() {
        said.comments.sort();
    }
    Ok(all)
}
