//! Single snapshots. Figures are read from them whoever asks, so that these reads look at no reach.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::Province;
use entity::{metric_snapshot, metric_snapshot_metric};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::metrics::definitions::{self, Defined};
use crate::metrics::rules::at::Frozen;
use crate::metrics::rules::period::Period;
use crate::organisation::Holding;

/// A province of a region, as a snapshot keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Held {
    region: Uuid,
    province: Province,
    from: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<NaiveDate>,
}

/// What regions were made of, as a snapshot keeps it.
///
/// # Errors
/// Never for holdings as they are.
pub fn holdings_json(holdings: &[Holding]) -> Result<serde_json::Value> {
    let held: Vec<Held> = holdings
        .iter()
        .map(|holding| Held {
            region: holding.region,
            province: holding.province,
            from: holding.from,
            to: holding.to,
        })
        .collect();
    Ok(serde_json::to_value(held)?)
}

/// A snapshot as figures are read from it.
///
/// # Errors
/// When the row doesn't hold what it should.
pub fn frozen_of(row: &metric_snapshot::Model) -> Result<Frozen> {
    let held: Vec<Held> = serde_json::from_value(row.holdings.clone())?;
    Ok(Frozen {
        id: row.id,
        period: Period {
            from: row.from_day,
            to: row.until_day,
        },
        holdings: held
            .into_iter()
            .map(|held| Holding {
                region: held.region,
                province: held.province,
                from: held.from,
                to: held.to,
            })
            .collect(),
    })
}

/// A snapshot as figures are read from it, for the server itself.
///
/// # Errors
/// When there is none, or the row doesn't hold what it should.
pub async fn frozen(connection: &impl ConnectionTrait, id: Uuid) -> Result<Frozen> {
    let row = metric_snapshot::Entity::find_by_id(id)
        .one(connection)
        .await?;
    frozen_of(&row.ok_or_else(|| Error::internal("a snapshot that isn't there"))?)
}

/// When a snapshot was frozen, for the server itself.
///
/// # Errors
/// When there is none.
pub async fn frozen_at(connection: &impl ConnectionTrait, id: Uuid) -> Result<DateTime<Utc>> {
    let row = metric_snapshot::Entity::find_by_id(id)
        .one(connection)
        .await?;
    row.map(|row| row.frozen_at)
        .ok_or_else(|| Error::internal("a snapshot that isn't there"))
}

/// All snapshots, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn all_frozen(connection: &impl ConnectionTrait) -> Result<Vec<Frozen>> {
    let rows = metric_snapshot::Entity::find()
        .order_by_asc(metric_snapshot::Column::Id)
        .all(connection)
        .await?;
    rows.iter().map(frozen_of).collect()
}

/// The metrics of a snapshot by the versions of then, with the places of their measures.
///
/// # Errors
/// When the database fails.
pub async fn definitions(
    connection: &impl ConnectionTrait,
    snapshot: Uuid,
) -> Result<Vec<(Defined, Option<usize>)>> {
    let rows = metric_snapshot_metric::Entity::find()
        .filter(metric_snapshot_metric::Column::SnapshotId.eq(snapshot))
        .all(connection)
        .await?;
    let measures: HashMap<Uuid, Option<usize>> = rows
        .iter()
        .map(|row| {
            let measure = row.measure.and_then(|place| usize::try_from(place).ok());
            (row.version_id, measure)
        })
        .collect();
    let versions: Vec<Uuid> = rows.iter().map(|row| row.version_id).collect();
    let defined = definitions::by_versions(connection, &versions).await?;
    Ok(defined
        .into_iter()
        .map(|one| {
            let measure = measures.get(&one.version.id).copied().flatten();
            (one, measure)
        })
        .collect())
}

/// Writes a snapshot.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: metric_snapshot::Model) -> Result<()> {
    row.into_active_model().reset_all().insert(tx).await?;
    Ok(())
}

/// Writes by which versions its metrics are computed.
///
/// # Errors
/// When the database fails.
pub async fn insert_metrics(
    tx: &impl ConnectionTrait,
    rows: Vec<metric_snapshot_metric::Model>,
) -> Result<()> {
    for some in rows.chunks(500) {
        let rows = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        metric_snapshot_metric::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
