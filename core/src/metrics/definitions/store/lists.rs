//! Metrics as people look at them, through their reach.

use std::collections::{BTreeSet, HashMap};

use entity::{metric, metric_version};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::rows::{Defined, all_current, current_of};
use crate::access::{Listed, Permission, Viewer, list, visible};
use crate::db::Reader;
use crate::db::filter::TextMatches;
use crate::db::keyset::{Listing, Page, Sort};
use crate::error::{Error, Result};
use crate::metrics::rules::definition::Body;
use crate::metrics::rules::standing::{Metrics, is_ready};

/// Which metrics a list is about.
#[derive(Clone, Debug, Default)]
pub struct MetricFilter {
    /// Its key.
    pub key: Option<TextMatches>,
    /// In use, or retired.
    pub active: Option<bool>,
    /// Whether it came with the product.
    pub shipped: Option<bool>,
}

/// In which order metrics come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricOrder {
    /// By key.
    Key {
        /// From the end of the alphabet?
        descending: bool,
    },
}

impl Listed for metric::Entity {
    type Filter = MetricFilter;
    type Order = MetricOrder;

    fn matching(filter: &MetricFilter, _: &Viewer) -> Condition {
        use metric::Column;
        Condition::all()
            .add_option(filter.key.as_ref().map(|key| key.on(Column::Key)))
            .add_option(filter.active.map(|active| Column::Active.eq(active)))
            .add_option(filter.shipped.map(|shipped| Column::Shipped.eq(shipped)))
    }

    fn sorts(MetricOrder::Key { descending }: MetricOrder) -> Vec<Sort<metric::Column>> {
        vec![Sort {
            column: metric::Column::Key,
            descending,
            nullable: false,
        }]
    }
}

/// A metric as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The metric with its definition.
    pub defined: Defined,
    /// Can it be asked for: is it in use, and are its sums complete, or those of all that it stands on?
    pub ready: bool,
}

/// One page of the metrics as this viewer sees them.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn page(
    connection: &impl Reader,
    viewer: &Viewer,
    filter: &MetricFilter,
    order: MetricOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<Shown>> {
    let rows =
        list::<metric::Entity>(connection, viewer, filter, order, page, want_total, &[]).await?;
    let ids: Vec<Uuid> = rows.slice.rows.iter().map(|row| row.id).collect();
    let shown = shown(connection, &ids).await?;
    rows.try_map(|row| {
        shown
            .get(&row.id)
            .cloned()
            .ok_or_else(|| Error::internal(format!("{} has no current version", row.key)))
    })
}

/// The metric of that key as this viewer sees it, in use or retired.
///
/// # Errors
/// When the database fails.
pub async fn shown_by_key(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    key: &str,
) -> Result<Option<Shown>> {
    let found = shown_by_keys(connection, viewer, &[key]).await?;
    Ok(found.into_iter().next())
}

/// The metrics with these keys as this viewer sees them, in use or retired.
///
/// # Errors
/// When the database fails.
pub async fn shown_by_keys(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    keys: &[&str],
) -> Result<Vec<Shown>> {
    let rows = visible::<metric::Entity>(viewer, Permission::MetricRead)
        .filter(metric::Column::Key.is_in(keys.iter().copied()))
        .all(connection)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    Ok(shown(connection, &ids).await?.into_values().collect())
}

/// These metrics as they are shown, by id. Their reach has been looked at before.
///
/// # Errors
/// When the database fails.
pub async fn shown(
    connection: &impl ConnectionTrait,
    metrics: &[Uuid],
) -> Result<HashMap<Uuid, Shown>> {
    if metrics.is_empty() {
        return Ok(HashMap::new());
    }
    let in_use = all_current(connection).await?;
    let counted: BTreeSet<String> = in_use
        .iter()
        .filter(|one| matches!(one.definition.body, Body::Facts(_)))
        .filter(|one| one.version.counted_at.is_some())
        .map(|one| one.metric.key.clone())
        .collect();
    let all: Metrics = in_use
        .into_iter()
        .map(|one| (one.metric.key, one.definition))
        .collect();
    let these = current_of(connection, metrics).await?;
    Ok(these
        .into_iter()
        .map(|defined| {
            let ready = is_ready(&all, &counted, &defined.metric.key);
            (defined.metric.id, Shown { defined, ready })
        })
        .collect())
}

/// All versions of metrics as the viewer may see them, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    metrics: &[Uuid],
) -> Result<HashMap<Uuid, Vec<metric_version::Model>>> {
    let rows = visible::<metric_version::Entity>(viewer, Permission::MetricRead)
        .filter(metric_version::Column::MetricId.is_in(metrics.iter().copied()))
        .order_by_desc(metric_version::Column::Number)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<metric_version::Model>> =
        metrics.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.metric_id).or_default().push(row);
    }
    Ok(of)
}
