//! Freezing.

use async_graphql::{Context, Object};
use entity::metric_snapshot;

use super::inputs::MetricSnapshotFreezeInput;
use super::types::MetricSnapshot;
use crate::access::{Permission, find};
use crate::graphql::{Ask, Outcome};
use crate::metrics::snapshots::{Freeze, freeze};
use crate::mutation_payload;

mutation_payload!(
    MetricSnapshotFreezePayload,
    snapshot: MetricSnapshot,
    "The snapshot; null when nothing was frozen. 指标快照"
);

/// The mutations about snapshots.
#[derive(Default)]
pub struct MetricSnapshotMutation;

#[Object]
impl MetricSnapshotMutation {
    /// Freezes the figures of a period as they are now. What has happened until now is counted first; nothing ever changes
    /// the frozen figures or takes them away. A long period may take longer than a request: ask again with the same
    /// `idempotencyKey`. 冻结指标
    async fn metric_snapshot_freeze(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which days, and what they are called.")] input: MetricSnapshotFreezeInput,
    ) -> async_graphql::Result<Option<MetricSnapshotFreezePayload>> {
        let (app, call) = (ctx.app(), ctx.call());
        let key = input.idempotency_key;
        let (from, to) = input.period.days();
        let order = Freeze {
            name: input.name,
            name_zh: input.name_zh,
            from,
            to,
            note: input.note,
        };
        let row = match freeze(app, call, order, key).await {
            Ok(id) => {
                let read = Permission::MetricSnapshotManage;
                find::<metric_snapshot::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map(MetricSnapshot),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }
}
