//! Attempts.

use std::collections::HashMap;

use entity::enums::ExamAttemptState;
use entity::{exam, exam_attempt, member};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Listed, Permission, Viewer, compare_reference, visible};
use crate::db::Pool;
use crate::db::filter::{IdMatches, Matches, TimeMatches};
use crate::db::keyset::Sort;
use crate::error::{ApiError, Result};

/// Which attempts. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct AttemptFilter {
    /// At which exam.
    pub exam_id: Option<IdMatches>,
    /// Whose.
    pub member_id: Option<IdMatches>,
    /// How far they are.
    pub state: Option<Matches<ExamAttemptState>>,
    /// When they began.
    pub started_at: Option<TimeMatches>,
    /// Of which the published result is that they passed, or not; what isn't published is neither, whoever asks.
    pub passed: Option<bool>,
}

/// In which order attempts come. Never by points: the order would tell what isn't published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AttemptOrder {
    /// What began first.
    StartedAtAsc,
    /// What began last.
    #[default]
    StartedAtDesc,
}

impl Listed for exam_attempt::Entity {
    type Filter = AttemptFilter;
    type Order = AttemptOrder;

    fn matching(filter: &AttemptFilter, viewer: &Viewer) -> Condition {
        use exam_attempt::Column;
        Condition::all()
            .add_option(
                filter
                    .exam_id
                    .as_ref()
                    .map(|is| compare_reference::<exam::Entity>(is, Column::ExamId, viewer)),
            )
            .add_option(
                filter
                    .member_id
                    .as_ref()
                    .map(|is| compare_reference::<member::Entity>(is, Column::MemberId, viewer)),
            )
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(
                filter
                    .started_at
                    .as_ref()
                    .map(|is| is.on(Column::StartedAt)),
            )
            .add_option(filter.passed.map(|passed| {
                Condition::all()
                    .add(Column::PublishedAt.is_not_null())
                    .add(Column::Passed.eq(passed))
            }))
    }

    fn sorts(order: AttemptOrder) -> Vec<Sort<exam_attempt::Column>> {
        use exam_attempt::Column::{Id, StartedAt};
        match order {
            AttemptOrder::StartedAtAsc => vec![Sort::ascending(StartedAt), Sort::ascending(Id)],
            AttemptOrder::StartedAtDesc => vec![Sort::descending(StartedAt), Sort::descending(Id)],
        }
    }
}

/// All attempts of a member at an exam, the first first.
///
/// # Errors
/// When the database fails.
pub async fn attempts_of(
    connection: &impl ConnectionTrait,
    exam_id: Uuid,
    member_id: Uuid,
) -> Result<Vec<exam_attempt::Model>> {
    use exam_attempt::Column;
    Ok(exam_attempt::Entity::find()
        .filter(Column::ExamId.eq(exam_id))
        .filter(Column::MemberId.eq(member_id))
        .order_by_asc(Column::Number)
        .all(connection)
        .await?)
}

/// How an attempt is held until the transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It can't be handed in meanwhile, but other answers can be written at the same time.
    Share,
    /// Nobody else does anything with it.
    Whole,
}

/// An attempt of one's own.
///
/// # Errors
/// `NOT_FOUND` when it isn't the viewer's own.
pub async fn own_attempt(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
    lock: Lock,
) -> Result<exam_attempt::Model> {
    let me = viewer.standing.member_id.ok_or_else(ApiError::not_found)?;
    let select = visible::<exam_attempt::Entity>(viewer, Permission::ExamSit)
        .filter(exam_attempt::Column::Id.eq(id))
        .filter(exam_attempt::Column::MemberId.eq(me));
    let select = match lock {
        Lock::Share => select.lock_shared(),
        Lock::Whole => select.lock_exclusive(),
    };
    Ok(select.one(tx).await?.ok_or_else(ApiError::not_found)?)
}

/// An attempt, locked, for an action that has found its right to it.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn attempt_locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<exam_attempt::Model> {
    let row = exam_attempt::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// An attempt, for the server itself.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn attempt_row(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<exam_attempt::Model> {
    let row = exam_attempt::Entity::find_by_id(id).one(connection).await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// Of these attempts those that are published, each with the code of its exam.
///
/// # Errors
/// When the database fails.
pub async fn published(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<(exam_attempt::Model, String)>> {
    let rows = exam_attempt::Entity::find()
        .find_also_related(exam::Entity)
        .filter(exam_attempt::Column::Id.is_in(ids.iter().copied()))
        .filter(exam_attempt::Column::PublishedAt.is_not_null())
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(row, exam)| Some((row, exam?.code)))
        .collect())
}

/// The next attempts in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn attempt_ids(db: &Pool, after: Option<Uuid>, limit: u64) -> Result<Vec<Uuid>> {
    use exam_attempt::Column;
    let mut select = exam_attempt::Entity::find()
        .select_only()
        .column(Column::Id);
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after));
    }
    Ok(select
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Everything of an exam that is marked, with who sat it.
///
/// # Errors
/// When the database fails.
pub async fn graded_attempts(
    connection: &impl ConnectionTrait,
    exam_id: Uuid,
) -> Result<Vec<exam_attempt::Model>> {
    use exam_attempt::Column;
    Ok(exam_attempt::Entity::find()
        .filter(Column::ExamId.eq(exam_id))
        .filter(Column::State.eq(ExamAttemptState::Graded))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?)
}

/// Of these members those who have an attempt at the exam.
///
/// # Errors
/// When the database fails.
pub async fn who_sat(
    connection: &impl ConnectionTrait,
    exam_id: Uuid,
    members: &[Uuid],
) -> Result<Vec<Uuid>> {
    use exam_attempt::Column;
    let rows = exam_attempt::Entity::find()
        .filter(Column::ExamId.eq(exam_id))
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.member_id).collect())
}

/// Of these members those who have an attempt at the exam whose result isn't published, each once.
///
/// # Errors
/// When the database fails.
pub async fn who_waits(
    connection: &impl ConnectionTrait,
    exam_id: Uuid,
    members: &[Uuid],
) -> Result<Vec<Uuid>> {
    use exam_attempt::Column;
    Ok(exam_attempt::Entity::find()
        .select_only()
        .column(Column::MemberId)
        .distinct()
        .filter(Column::ExamId.eq(exam_id))
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(Column::PublishedAt.is_null())
        .into_tuple()
        .all(connection)
        .await?)
}

/// The best published result of each of these members in an exam, as points and the most that there were. Whoever asks has
/// looked whether it may be known.
///
/// # Errors
/// When the database fails.
pub async fn best_published(
    connection: &impl ConnectionTrait,
    exam_id: Uuid,
    members: &[Uuid],
) -> Result<HashMap<Uuid, (i64, i64)>> {
    let rows = exam_attempt::Entity::find()
        .filter(exam_attempt::Column::ExamId.eq(exam_id))
        .filter(exam_attempt::Column::MemberId.is_in(members.iter().copied()))
        .filter(exam_attempt::Column::PublishedAt.is_not_null())
        .all(connection)
        .await?;
    let mut best: HashMap<Uuid, (i64, i64)> = HashMap::new();
    for row in rows {
        let Some(points) = row.points else { continue };
        let one = (points, row.max_points);
        let known = best.entry(row.member_id).or_insert(one);
        // Papers of one exam are worth the same, but for pools that were frozen anew.
        let better =
            i128::from(one.0) * i128::from(known.1) > i128::from(known.0) * i128::from(one.1);
        if better {
            *known = one;
        }
    }
    Ok(best)
}
