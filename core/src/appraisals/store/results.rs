//! An appraisal with what its results follow from, for actions that have found their right to it.

use std::collections::{BTreeSet, HashMap};

use entity::{appraisal, appraisal_cycle, appraisal_result, appraisal_template_version};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::appraisals::rules::content::Content;
use crate::error::{ApiError, Error, Result};

/// An appraisal, locked.
///
/// # Errors
/// `NOT_FOUND` when there is none.
pub async fn locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<appraisal::Model> {
    let row = appraisal::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.ok_or_else(ApiError::not_found)?)
}

/// The cycle of an appraisal, held so that it can't go on meanwhile: whoever moves a cycle waits for those who write in it.
///
/// # Errors
/// When the database fails.
pub async fn cycle_of(
    tx: &impl ConnectionTrait,
    row: &appraisal::Model,
) -> Result<appraisal_cycle::Model> {
    appraisal_cycle::Entity::find_by_id(row.cycle_id)
        .lock_shared()
        .one(tx)
        .await?
        .ok_or_else(|| Error::internal("an appraisal without its cycle"))
}

/// What these versions of templates say, by their ids.
///
/// # Errors
/// When the database fails.
pub async fn content_of(
    connection: &impl ConnectionTrait,
    versions: BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Content>> {
    let rows = appraisal_template_version::Entity::find()
        .filter(appraisal_template_version::Column::Id.is_in(versions))
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, serde_json::from_value(row.content)?)))
        .collect()
}

/// The result of an appraisal that holds; none before there is one.
///
/// # Errors
/// When the database fails.
pub async fn current_result(
    connection: &impl ConnectionTrait,
    row: &appraisal::Model,
) -> Result<Option<appraisal_result::Model>> {
    Ok(appraisal_result::Entity::find()
        .filter(appraisal_result::Column::AppraisalId.eq(row.id))
        .filter(appraisal_result::Column::Number.eq(row.result))
        .one(connection)
        .await?)
}

/// Writes on the result that holds how the member took note of it.
///
/// # Errors
/// When the database fails.
pub async fn note_on_result(tx: &impl ConnectionTrait, row: &appraisal::Model) -> Result<()> {
    use appraisal_result::Column::{AcknowledgedAt, Acknowledgement, AppraisalId, Number};
    appraisal_result::Entity::update_many()
        .col_expr(AcknowledgedAt, Expr::value(row.acknowledged_at))
        .col_expr(Acknowledgement, Expr::value(row.acknowledgement.clone()))
        .filter(AppraisalId.eq(row.id))
        .filter(Number.eq(row.result))
        .exec(tx)
        .await?;
    Ok(())
}

/// All results of an appraisal in their order.
///
/// # Errors
/// When the database fails.
pub async fn results_of(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<appraisal_result::Model>> {
    Ok(appraisal_result::Entity::find()
        .filter(appraisal_result::Column::AppraisalId.eq(id))
        .order_by_asc(appraisal_result::Column::Number)
        .all(connection)
        .await?)
}
