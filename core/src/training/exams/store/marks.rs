//! Marks and appeals.

use entity::enums::ExamAppealState;
use entity::{exam, exam_appeal, exam_attempt, exam_mark};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, whole};
use crate::db::keyset::Sort;
use crate::error::{ApiError, Result};

/// Adds marks.
///
/// # Errors
/// When the database fails.
pub async fn insert_marks(tx: &impl ConnectionTrait, rows: Vec<exam_mark::Model>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| row.into_active_model());
    exam_mark::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// All marks of some questions on papers.
///
/// # Errors
/// When the database fails.
pub async fn marks_of(
    connection: &impl ConnectionTrait,
    items: &[Uuid],
) -> Result<Vec<exam_mark::Model>> {
    Ok(exam_mark::Entity::find()
        .filter(exam_mark::Column::ItemId.is_in(items.iter().copied()))
        .order_by_asc(exam_mark::Column::Slot)
        .all(connection)
        .await?)
}

/// Has this member marked one of these questions?
///
/// # Errors
/// When the database fails.
pub async fn has_marked(
    connection: &impl ConnectionTrait,
    items: &[Uuid],
    member_id: Uuid,
) -> Result<bool> {
    let rows = exam_mark::Entity::find()
        .filter(exam_mark::Column::ItemId.is_in(items.iter().copied()))
        .filter(exam_mark::Column::AssessorId.eq(member_id));
    Ok(rows.count(connection).await? > 0)
}

/// An appeal, locked, for an action that has found its right to it.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn appeal_locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<exam_appeal::Model> {
    let row = exam_appeal::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// Does an appeal against an attempt wait?
///
/// # Errors
/// When the database fails.
pub async fn open_appeal(connection: &impl ConnectionTrait, attempt_id: Uuid) -> Result<bool> {
    use exam_appeal::Column;
    let rows = exam_appeal::Entity::find()
        .filter(Column::AttemptId.eq(attempt_id))
        .filter(Column::State.eq(ExamAppealState::Open));
    Ok(rows.count(connection).await? > 0)
}

/// Which appeals. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct AppealFilter {
    /// What has become of them.
    pub state: Option<Matches<ExamAppealState>>,
    /// At which exam.
    pub exam_id: Option<IdMatches>,
}

/// In which order appeals come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AppealOrder {
    /// The oldest first.
    #[default]
    CreatedAtAsc,
    /// The newest first.
    CreatedAtDesc,
}

impl Listed for exam_appeal::Entity {
    type Filter = AppealFilter;
    type Order = AppealOrder;

    fn matching(filter: &AppealFilter, viewer: &Viewer) -> Condition {
        use exam_appeal::Column;
        Condition::all()
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(filter.exam_id.as_ref().map(|is| {
                let seen =
                    compare_reference::<exam::Entity>(is, exam_attempt::Column::ExamId, viewer);
                let attempts = exam_attempt::Entity::find()
                    .select_only()
                    .column(exam_attempt::Column::Id)
                    .filter(whole(seen))
                    .into_query();
                Column::AttemptId.in_subquery(attempts)
            }))
    }

    fn sorts(order: AppealOrder) -> Vec<Sort<exam_appeal::Column>> {
        use exam_appeal::Column::{CreatedAt, Id};
        match order {
            AppealOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
            AppealOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        }
    }
}
