//! What the worker has to do.

use chrono::{DateTime, Utc};
use entity::enums::{ExamAttemptState, ExamPublication, ExamState};
use entity::{exam, exam_attempt};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;

/// Attempts that still run although no answer is taken since a moment.
///
/// # Errors
/// When the database fails.
pub async fn overdue(
    connection: &impl ConnectionTrait,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    use exam_attempt::Column;
    Ok(exam_attempt::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(ExamAttemptState::InProgress))
        .filter(Column::Deadline.lte(before))
        .order_by_asc(Column::Deadline)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// Exams that are on although their window is over since a moment.
///
/// # Errors
/// When the database fails.
pub async fn ended(
    connection: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<exam::Model>> {
    use exam::Column;
    Ok(exam::Entity::find()
        .filter(Column::State.eq(ExamState::Active))
        .filter(Column::ClosesAt.lte(before))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?)
}

/// How many attempts of an exam are running.
///
/// # Errors
/// When the database fails.
pub async fn running(connection: &impl ConnectionTrait, exam_id: Uuid) -> Result<u64> {
    use exam_attempt::Column;
    Ok(exam_attempt::Entity::find()
        .filter(Column::ExamId.eq(exam_id))
        .filter(Column::State.eq(ExamAttemptState::InProgress))
        .count(connection)
        .await?)
}

/// All running attempts of an exam.
///
/// # Errors
/// When the database fails.
pub async fn closing(connection: &impl ConnectionTrait, exam_id: Uuid) -> Result<Vec<Uuid>> {
    use exam_attempt::Column;
    Ok(exam_attempt::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ExamId.eq(exam_id))
        .filter(Column::State.eq(ExamAttemptState::InProgress))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(connection)
        .await?)
}

/// Attempts that are marked and wait for nothing but to be published: at once, or since their exam is closed.
///
/// # Errors
/// When the database fails.
pub async fn unpublished(connection: &impl ConnectionTrait, limit: u64) -> Result<Vec<Uuid>> {
    use exam_attempt::Column;
    let due = Condition::any()
        .add(exam::Column::Publication.eq(ExamPublication::Graded))
        .add(
            Condition::all()
                .add(exam::Column::Publication.eq(ExamPublication::Closed))
                .add(exam::Column::State.eq(ExamState::Closed)),
        );
    Ok(exam_attempt::Entity::find()
        .inner_join(exam::Entity)
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(ExamAttemptState::Graded))
        .filter(Column::PublishedAt.is_null())
        .filter(due)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}
