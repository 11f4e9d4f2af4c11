//! Snapshots as people look at them, through their reach.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{metric_snapshot, metric_snapshot_metric};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::access::{Listed, Permission, Viewer, visible};
use crate::db::filter::TextMatches;
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::metrics::definitions::{self, Defined};

/// Which snapshots a list is about.
#[derive(Clone, Debug, Default)]
pub struct SnapshotFilter {
    /// Its name in English.
    pub name: Option<TextMatches>,
    /// 名称.
    pub name_zh: Option<TextMatches>,
    /// It has this day.
    pub day: Option<NaiveDate>,
}

/// In which order snapshots come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotOrder {
    /// By when they were frozen.
    FrozenAt {
        /// The latest first?
        latest_first: bool,
    },
    /// By their first day.
    From {
        /// The latest first?
        latest_first: bool,
    },
}

impl Listed for metric_snapshot::Entity {
    type Filter = SnapshotFilter;
    type Order = SnapshotOrder;

    fn matching(filter: &SnapshotFilter, _: &Viewer) -> Condition {
        use metric_snapshot::Column;
        Condition::all()
            .add_option(filter.name.as_ref().map(|name| name.on(Column::Name)))
            .add_option(filter.name_zh.as_ref().map(|name| name.on(Column::NameZh)))
            .add_option(filter.day.map(|day| {
                Condition::all()
                    .add(Column::FromDay.lte(day))
                    .add(Column::UntilDay.gt(day))
            }))
    }

    fn sorts(order: SnapshotOrder) -> Vec<Sort<metric_snapshot::Column>> {
        use metric_snapshot::Column;
        let (column, descending) = match order {
            SnapshotOrder::FrozenAt { latest_first } => (Column::FrozenAt, latest_first),
            SnapshotOrder::From { latest_first } => (Column::FromDay, latest_first),
        };
        [column, Column::Id]
            .into_iter()
            .map(|column| Sort {
                column,
                descending,
                nullable: false,
            })
            .collect()
    }
}

/// By which versions the metrics of snapshots were computed, in the order of their keys, as the viewer may see them.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    snapshots: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Defined>>> {
    let seen = visible::<metric_snapshot::Entity>(viewer, Permission::MetricRead)
        .filter(metric_snapshot::Column::Id.is_in(snapshots.iter().copied()))
        .all(connection)
        .await?;
    let rows = metric_snapshot_metric::Entity::find()
        .filter(metric_snapshot_metric::Column::SnapshotId.is_in(seen.iter().map(|row| row.id)))
        .order_by_asc(metric_snapshot_metric::Column::Key)
        .all(connection)
        .await?;
    let versions: Vec<Uuid> = rows.iter().map(|row| row.version_id).collect();
    let defined: HashMap<Uuid, Defined> = definitions::by_versions(connection, &versions)
        .await?
        .into_iter()
        .map(|one| (one.version.id, one))
        .collect();
    let mut of: HashMap<Uuid, Vec<Defined>> =
        snapshots.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        let one = defined.get(&row.version_id).cloned();
        of.entry(row.snapshot_id).or_default().extend(one);
    }
    Ok(of)
}
