//! Reading snapshots.

use async_graphql::{Context, Object, Result};
use entity::metric_snapshot;

use super::inputs::{MetricSnapshotFilter, MetricSnapshotOrder};
use super::types::MetricSnapshot;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries about snapshots.
#[derive(Default)]
pub struct MetricSnapshotQuery;

#[Object]
impl MetricSnapshotQuery {
    /// The snapshot with this id; null when there is none. 指标快照
    async fn metric_snapshot(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which snapshot.")] id: Id<metric_snapshot::Entity>,
    ) -> Result<Option<MetricSnapshot>> {
        let row = ctx.row::<metric_snapshot::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(MetricSnapshot))
    }

    /// The periods that were frozen; their figures are asked by `metric(snapshot:)`. 指标快照列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn metric_snapshots(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which snapshots.")] filter: Option<MetricSnapshotFilter>,
        #[graphql(desc = "In which order; the last frozen first when nothing is said.")]
        order_by: Option<MetricSnapshotOrder>,
    ) -> Result<Option<Connection<MetricSnapshot>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().into();
        let order = order_by.unwrap_or_default().into();
        listing::<metric_snapshot::Entity, _>(ctx, page, Ok(filter), order, MetricSnapshot).await
    }
}
