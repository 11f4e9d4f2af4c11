//! The definitions of metrics.

use chrono::{DateTime, Utc};
use entity::{metric, metric_version};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::rules::definition::{Base, Body, Definition};
use crate::error::Result;

/// A metric with the version that holds.
#[derive(Clone, Debug)]
pub struct Defined {
    /// The metric.
    pub metric: metric::Model,
    /// The version.
    pub version: metric_version::Model,
    /// What it says.
    pub definition: Definition,
}

/// The metric with that key.
///
/// # Errors
/// When the database fails.
pub async fn by_key(connection: &impl ConnectionTrait, key: &str) -> Result<Option<Defined>> {
    Ok(all_current(connection)
        .await?
        .into_iter()
        .find(|one| one.metric.key == key))
}

/// All metrics that can be asked for.
///
/// # Errors
/// When the database fails.
pub async fn all_current(connection: &impl ConnectionTrait) -> Result<Vec<Defined>> {
    let rows = metric_version::Entity::find()
        .find_also_related(metric::Entity)
        .all(connection)
        .await?;
    let mut all = Vec::new();
    for (version, metric) in rows {
        if let Some(metric) = metric.filter(|metric| version.number == metric.current) {
            let definition = serde_json::from_value(version.definition.clone())?;
            all.push(Defined {
                metric,
                version,
                definition,
            });
        }
    }
    Ok(all)
}

/// The versions whose sums are kept.
///
/// # Errors
/// When the database fails.
pub async fn facts_versions(
    connection: &impl ConnectionTrait,
) -> Result<Vec<(metric_version::Model, Base)>> {
    Ok(all_current(connection)
        .await?
        .into_iter()
        .filter_map(|one| match one.definition.body {
            Body::Facts(base) => Some((one.version, base)),
            Body::Derived(_) => None,
        })
        .collect())
}

/// Notes that the sums of a version are complete.
///
/// # Errors
/// When the database fails.
pub async fn mark_counted(
    connection: &impl ConnectionTrait,
    version: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    metric_version::Entity::update_many()
        .col_expr(metric_version::Column::CountedAt, Expr::value(at))
        .filter(metric_version::Column::Id.eq(version))
        .exec(connection)
        .await?;
    Ok(())
}
