//! Single metrics and versions. Figures are computed by them whoever asks, so that these reads look at no reach.

use chrono::{DateTime, Utc};
use entity::{metric, metric_version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;

use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::metrics::rules::definition::{Base, Body, Definition};

/// A metric with the version that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defined {
    /// The metric.
    pub metric: metric::Model,
    /// Its current version.
    pub version: metric_version::Model,
    /// How it is computed.
    pub definition: Definition,
}

/// The current versions of some metrics, sorted by key.
async fn defined(connection: &impl ConnectionTrait, which: Condition) -> Result<Vec<Defined>> {
    let number = (metric_version::Entity, metric_version::Column::Number);
    let current = (metric::Entity, metric::Column::Current);
    let rows = metric_version::Entity::find()
        .find_also_related(metric::Entity)
        .filter(Expr::col(number).equals(current))
        .filter(which)
        .order_by_asc(metric::Column::Key)
        .all(connection)
        .await?;
    rows.into_iter().map(joined).collect()
}

/// The metric of that key, if it is in use.
///
/// # Errors
/// When the database fails.
pub async fn by_key(connection: &impl ConnectionTrait, key: &str) -> Result<Option<Defined>> {
    let which = Condition::all()
        .add(metric::Column::Active.eq(true))
        .add(metric::Column::Key.eq(key));
    Ok(defined(connection, which).await?.pop())
}

/// The metrics of those keys that are in use, sorted by key.
///
/// # Errors
/// When the database fails.
pub async fn by_keys(
    connection: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = &str>,
) -> Result<Vec<Defined>> {
    let which = Condition::all()
        .add(metric::Column::Active.eq(true))
        .add(metric::Column::Key.is_in(keys));
    defined(connection, which).await
}

/// All metrics in use, sorted by key.
///
/// # Errors
/// When the database fails.
pub async fn all_current(connection: &impl ConnectionTrait) -> Result<Vec<Defined>> {
    defined(
        connection,
        Condition::all().add(metric::Column::Active.eq(true)),
    )
    .await
}

/// All metrics by their last versions, in use or retired, sorted by key.
///
/// # Errors
/// When the database fails.
pub async fn all_latest(connection: &impl ConnectionTrait) -> Result<Vec<Defined>> {
    defined(connection, Condition::all()).await
}

/// The metrics of these versions, each by that version.
///
/// # Errors
/// When the database fails.
pub async fn by_versions(
    connection: &impl ConnectionTrait,
    versions: &[Uuid],
) -> Result<Vec<Defined>> {
    let rows = metric_version::Entity::find()
        .find_also_related(metric::Entity)
        .filter(metric_version::Column::Id.is_in(versions.iter().copied()))
        .order_by_asc(metric::Column::Key)
        .all(connection)
        .await?;
    rows.into_iter().map(joined).collect()
}

fn joined((version, metric): (metric_version::Model, Option<metric::Model>)) -> Result<Defined> {
    let metric = metric.ok_or_else(|| Error::internal("a version without its metric"))?;
    Ok(Defined {
        definition: serde_json::from_value(version.definition.clone())?,
        metric,
        version,
    })
}

/// These metrics, in use or not, sorted by key.
///
/// # Errors
/// When the database fails.
pub async fn current_of(
    connection: &impl ConnectionTrait,
    metrics: &[Uuid],
) -> Result<Vec<Defined>> {
    let these = metric::Column::Id.is_in(metrics.iter().copied());
    defined(connection, Condition::all().add(these)).await
}

/// What is to be counted: the current versions of the metrics from facts that are in use.
///
/// # Errors
/// When the database fails.
pub async fn facts_versions(
    connection: &impl ConnectionTrait,
) -> Result<Vec<(metric_version::Model, Base)>> {
    let all = all_current(connection).await?.into_iter();
    Ok(all
        .filter_map(|one| match one.definition.body {
            Body::Facts(base) => Some((one.version, base)),
            Body::Derived(_) => None,
        })
        .collect())
}

/// Notes since when the sums of a version are complete; the first time stays.
///
/// # Errors
/// When the database fails.
pub async fn mark_counted(
    tx: &impl ConnectionTrait,
    version_id: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    metric_version::Entity::update_many()
        .col_expr(metric_version::Column::CountedAt, Expr::value(at))
        .filter(metric_version::Column::Id.eq(version_id))
        .filter(metric_version::Column::CountedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets that the sums of a version are complete: they weren't kept while its metric was retired.
///
/// # Errors
/// When the database fails.
pub async fn forget_counted(tx: &impl ConnectionTrait, version_id: Uuid) -> Result<()> {
    let never: Option<DateTime<Utc>> = None;
    metric_version::Entity::update_many()
        .col_expr(metric_version::Column::CountedAt, Expr::value(never))
        .filter(metric_version::Column::Id.eq(version_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Is there a metric of that key, in use or retired?
///
/// # Errors
/// When the database fails.
pub async fn is_taken(connection: &impl ConnectionTrait, key: &str) -> Result<bool> {
    let found = metric::Entity::find()
        .filter(metric::Column::Key.eq(key))
        .count(connection)
        .await?;
    Ok(found > 0)
}

/// Locks all metrics until the transaction ends: definitions stand on one another, and are changed one after the other.
///
/// # Errors
/// When the database fails.
pub async fn lock_all(tx: &impl ConnectionTrait) -> Result<()> {
    metric::Entity::find()
        .order_by_asc(metric::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    Ok(())
}

/// Writes a new metric.
///
/// # Errors
/// A user error when the key is taken.
pub async fn insert_metric(tx: &impl ConnectionTrait, row: metric::Model) -> Result<metric::Model> {
    match row.into_active_model().reset_all().insert(tx).await {
        Ok(row) => Ok(row),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            let text = Text::new(
                "Another metric has this key, in use or retired; choose another one.",
                "此键已被其他指标（含已停用的）使用，请更换。",
            );
            Err(UserError::new(UserErrorCode::Taken, "input.key", text).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes a changed metric as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_metric(
    tx: &impl ConnectionTrait,
    row: metric::Model,
    at: DateTime<Utc>,
) -> Result<metric::Model> {
    let row = metric::Model {
        version: row.version + 1,
        updated_at: at,
        ..row
    };
    Ok(row.into_active_model().reset_all().update(tx).await?)
}

/// Writes a version of a definition.
///
/// # Errors
/// When the database fails.
pub async fn insert_version(tx: &impl ConnectionTrait, row: metric_version::Model) -> Result<()> {
    metric_version::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
