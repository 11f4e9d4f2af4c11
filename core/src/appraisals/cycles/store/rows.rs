//! Single cycles with what hangs on them, for actions that have found their right to it, and for the server's own rounds.

use std::collections::BTreeMap;

use entity::enums::{AppraisalStage, JobFamily};
use entity::{appraisal, appraisal_absence, appraisal_cycle, appraisal_cycle_template};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::decimal::Decimal;
use crate::error::{ApiError, Result};

crate::rows!(versioned: appraisal_cycle; written: appraisal_cycle_template);

/// How many rows are written at once: databases bound the values of a statement.
const AT_ONCE: usize = 500;

/// Is there a cycle of that code?
///
/// # Errors
/// When the database fails.
pub async fn is_taken(connection: &impl ConnectionTrait, code: &str) -> Result<bool> {
    let found = appraisal_cycle::Entity::find()
        .filter(appraisal_cycle::Column::Code.eq(code))
        .count(connection)
        .await?;
    Ok(found > 0)
}

/// A cycle, whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<appraisal_cycle::Model>> {
    Ok(appraisal_cycle::Entity::find_by_id(id)
        .one(connection)
        .await?)
}

/// A cycle, held so that it can't go on meanwhile. Whoever works on an appraisal has that one first and then holds the cycle
/// like this: a batch that had the cycle for itself and waited for the appraisal would never get it.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn held(tx: &impl ConnectionTrait, id: Uuid) -> Result<appraisal_cycle::Model> {
    let row = appraisal_cycle::Entity::find_by_id(id)
        .lock_shared()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// A cycle, locked.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<appraisal_cycle::Model> {
    let row = appraisal_cycle::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// The cycles whose results are to be computed, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn counting(connection: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    Ok(appraisal_cycle::Entity::find()
        .select_only()
        .column(appraisal_cycle::Column::Id)
        .filter(appraisal_cycle::Column::Stage.eq(AppraisalStage::Counting))
        .order_by_asc(appraisal_cycle::Column::Id)
        .into_tuple()
        .all(connection)
        .await?)
}

/// The version of each family's template in a cycle.
///
/// # Errors
/// When the database fails.
pub async fn templates_of(
    connection: &impl ConnectionTrait,
    cycle: Uuid,
) -> Result<BTreeMap<JobFamily, Uuid>> {
    let rows = appraisal_cycle_template::Entity::find()
        .filter(appraisal_cycle_template::Column::CycleId.eq(cycle))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.family, row.version_id))
        .collect())
}

/// Writes the templates of a cycle in the place of those before.
///
/// # Errors
/// When the database fails.
pub async fn replace_templates(
    tx: &impl ConnectionTrait,
    cycle: Uuid,
    rows: Vec<appraisal_cycle_template::Model>,
) -> Result<()> {
    appraisal_cycle_template::Entity::delete_many()
        .filter(appraisal_cycle_template::Column::CycleId.eq(cycle))
        .exec(tx)
        .await?;
    for row in rows {
        insert(tx, row).await?;
    }
    Ok(())
}

/// Writes who has no appraisal.
///
/// # Errors
/// When the database fails.
pub async fn insert_absences(
    tx: &impl ConnectionTrait,
    rows: &[appraisal_absence::Model],
) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let rows = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        appraisal_absence::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Appraisals without a result, or whose result waits for something.
fn open(cycle: Uuid) -> Condition {
    let unfinished = Condition::any()
        .add(appraisal::Column::Result.eq(0))
        .add(appraisal::Column::Blocked.is_not_null());
    Condition::all()
        .add(appraisal::Column::CycleId.eq(cycle))
        .add(unfinished)
}

/// How many appraisals of a cycle have no result, or one that waits for something.
///
/// # Errors
/// When the database fails.
pub async fn unfinished(connection: &impl ConnectionTrait, cycle: Uuid) -> Result<u64> {
    let rows = appraisal::Entity::find().filter(open(cycle));
    Ok(rows.count(connection).await?)
}

/// The next appraisals to compute, locked: those that have neither a result nor what keeps it from being computed.
///
/// # Errors
/// When the database fails.
pub async fn to_count(
    tx: &impl ConnectionTrait,
    cycle: Uuid,
    limit: u64,
) -> Result<Vec<appraisal::Model>> {
    Ok(appraisal::Entity::find()
        .filter(appraisal::Column::CycleId.eq(cycle))
        .filter(appraisal::Column::Result.eq(0))
        .filter(appraisal::Column::Blocked.is_null())
        .order_by_asc(appraisal::Column::Id)
        .limit(limit)
        .lock_exclusive()
        .all(tx)
        .await?)
}

/// The scores of a cycle, by the version of the template.
///
/// # Errors
/// When the database fails.
pub async fn scores_of(
    connection: &impl ConnectionTrait,
    cycle: Uuid,
) -> Result<BTreeMap<Uuid, Vec<Decimal>>> {
    let rows: Vec<(Uuid, i64)> = appraisal::Entity::find()
        .select_only()
        .columns([appraisal::Column::VersionId, appraisal::Column::Score])
        .filter(appraisal::Column::CycleId.eq(cycle))
        .filter(appraisal::Column::Score.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    let mut scores: BTreeMap<Uuid, Vec<Decimal>> = BTreeMap::new();
    for (version, score) in rows {
        scores.entry(version).or_default().push(Decimal(score));
    }
    Ok(scores)
}
