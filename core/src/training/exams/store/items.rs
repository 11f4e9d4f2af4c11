//! Papers: their questions with the answers.

use chrono::{DateTime, Utc};
use entity::enums::{ExamAttemptState, ExamState};
use entity::{
    exam, exam_assessor, exam_attempt, exam_item, exam_mark, exam_question, exam_question_version,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait,
};
use serde_json::Value;
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::{ApiError, Result};
use crate::training::exams::rules::result::percent;

/// Writes a paper.
///
/// # Errors
/// When the database fails.
pub async fn insert_items(tx: &impl ConnectionTrait, rows: Vec<exam_item::Model>) -> Result<()> {
    let rows = rows.into_iter().map(|row| row.into_active_model());
    exam_item::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// One question of a paper of one's own.
///
/// # Errors
/// `NOT_FOUND` when it isn't on a paper of the viewer's.
pub async fn own_item(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<exam_item::Model> {
    let row = visible::<exam_item::Entity>(viewer, Permission::ExamSit)
        .filter(exam_item::Column::Id.eq(id))
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// The paper of an attempt, in its order.
///
/// # Errors
/// When the database fails.
pub async fn items_of(
    connection: &impl ConnectionTrait,
    attempt_id: Uuid,
) -> Result<Vec<exam_item::Model>> {
    items_of_many(connection, &[attempt_id]).await
}

/// The papers of attempts.
///
/// # Errors
/// When the database fails.
pub async fn items_of_many(
    connection: &impl ConnectionTrait,
    attempts: &[Uuid],
) -> Result<Vec<exam_item::Model>> {
    use exam_item::Column;
    let mut all = Vec::new();
    for some in attempts.chunks(500) {
        let rows = exam_item::Entity::find()
            .filter(Column::AttemptId.is_in(some.iter().copied()))
            .order_by_asc(Column::AttemptId)
            .order_by_asc(Column::Position)
            .all(connection)
            .await?;
        all.extend(rows);
    }
    Ok(all)
}

/// Writes an answer unless a newer one is there; says whether it was written. A repetition with the same number is none.
///
/// # Errors
/// When the database fails.
pub async fn put_answer(
    tx: &impl ConnectionTrait,
    item_id: Uuid,
    (answer, sequence): (Option<Value>, i64),
    at: DateTime<Utc>,
) -> Result<bool> {
    use exam_item::Column;
    let done = exam_item::Entity::update_many()
        .col_expr(Column::Answer, Expr::value(answer))
        .col_expr(Column::Sequence, Expr::value(sequence))
        .col_expr(Column::AnsweredAt, Expr::value(at))
        .filter(Column::Id.eq(item_id))
        .filter(Column::Sequence.lt(sequence))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes what a question got, or which assessor it waits for.
///
/// # Errors
/// When the database fails.
pub async fn put_points(
    tx: &impl ConnectionTrait,
    item_id: Uuid,
    (awaits, points): (i32, Option<i64>),
) -> Result<()> {
    use exam_item::Column;
    exam_item::Entity::update_many()
        .col_expr(Column::Awaits, Expr::value(awaits))
        .col_expr(Column::Points, Expr::value(points))
        .filter(Column::Id.eq(item_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// An answer that waits for an assessor.
#[derive(Clone, Debug)]
pub struct Task {
    /// The question on the paper, with the answer.
    pub item: exam_item::Model,
    /// What it asks and what is right.
    pub version: exam_question_version::Model,
    /// The exam.
    pub exam_id: Uuid,
}

/// Answers that wait for this assessor: of exams that the member was named for, handed in, not the member's own, and not
/// marked by the member before. What others gave isn't told.
///
/// # Errors
/// When the database fails.
pub async fn tasks(
    connection: &impl ConnectionTrait,
    me: Uuid,
    (exam_id, item_id): (Option<Uuid>, Option<Uuid>),
    limit: u64,
) -> Result<Vec<Task>> {
    use exam_item::Column;
    let mine = exam_assessor::Entity::find()
        .select_only()
        .column(exam_assessor::Column::ExamId)
        .filter(exam_assessor::Column::MemberId.eq(me))
        .into_query();
    let marked = exam_mark::Entity::find()
        .select_only()
        .column(exam_mark::Column::ItemId)
        .filter(exam_mark::Column::AssessorId.eq(me))
        .into_query();
    let mut select = exam_item::Entity::find()
        .join(JoinType::InnerJoin, exam_item::Relation::Attempt.def())
        .filter(Column::Awaits.gt(0))
        .filter(exam_attempt::Column::State.eq(ExamAttemptState::HandedIn))
        .filter(exam_attempt::Column::MemberId.ne(me))
        .filter(exam_attempt::Column::ExamId.in_subquery(mine))
        .filter(
            Expr::col((exam_item::Entity, Column::Id))
                .in_subquery(marked)
                .not(),
        );
    if let Some(exam_id) = exam_id {
        select = select.filter(exam_attempt::Column::ExamId.eq(exam_id));
    }
    if let Some(item_id) = item_id {
        select = select.filter(Column::Id.eq(item_id));
    }
    let items = select
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    let versions = super::versions(connection, items.iter().map(|item| item.version_id)).await?;
    let attempts = exam_attempt::Entity::find()
        .filter(exam_attempt::Column::Id.is_in(items.iter().map(|item| item.attempt_id)))
        .all(connection)
        .await?;
    Ok(items
        .into_iter()
        .filter_map(|item| {
            let version = versions
                .iter()
                .find(|row| row.id == item.version_id)?
                .clone();
            let attempt = attempts.iter().find(|row| row.id == item.attempt_id)?;
            Some(Task {
                item,
                version,
                exam_id: attempt.exam_id,
            })
        })
        .collect())
}

/// What a member reached for a question, of a hundred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicAnswer {
    /// The member.
    pub member: Uuid,
    /// The topic of the question.
    pub topic: String,
    /// In ten-thousandths.
    pub percent: i64,
    /// The attempt.
    pub attempt: Uuid,
}

/// What these members reached for questions, in attempts that were handed in since then: of published results of closed exams
/// only. Whoever asks looks whose may be shown. One statement.
///
/// # Errors
/// When the database fails.
pub async fn answers_since(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    since: DateTime<Utc>,
) -> Result<Vec<TopicAnswer>> {
    let to_exam: sea_orm::RelationDef = exam_attempt::Entity::belongs_to(exam::Entity)
        .from(exam_attempt::Column::ExamId)
        .to(exam::Column::Id)
        .into();
    let to_version: sea_orm::RelationDef =
        exam_item::Entity::belongs_to(exam_question_version::Entity)
            .from(exam_item::Column::VersionId)
            .to(exam_question_version::Column::Id)
            .into();
    let to_question: sea_orm::RelationDef =
        exam_question_version::Entity::belongs_to(exam_question::Entity)
            .from(exam_question_version::Column::QuestionId)
            .to(exam_question::Column::Id)
            .into();
    let rows: Vec<(Uuid, String, Option<i64>, i64, Uuid)> = exam_item::Entity::find()
        .select_only()
        .column(exam_attempt::Column::MemberId)
        .column(exam_question::Column::Topic)
        .column(exam_item::Column::Points)
        .column(exam_item::Column::MaxPoints)
        .column(exam_item::Column::AttemptId)
        .join(JoinType::InnerJoin, exam_item::Relation::Attempt.def())
        .join(JoinType::InnerJoin, to_exam)
        .join(JoinType::InnerJoin, to_version)
        .join(JoinType::InnerJoin, to_question)
        .filter(exam_attempt::Column::MemberId.is_in(members.iter().copied()))
        .filter(exam_attempt::Column::PublishedAt.is_not_null())
        .filter(exam_attempt::Column::HandedInAt.gte(since))
        .filter(exam::Column::State.eq(ExamState::Closed))
        .order_by_asc(exam_item::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let answers = rows
        .into_iter()
        .map(|(member, topic, points, most, attempt)| TopicAnswer {
            member,
            topic,
            percent: percent(points.map_or(0, |points| Ord::max(points, 0)), most),
            attempt,
        });
    Ok(answers.collect())
}
