//! Changing definitions.

use async_graphql::{Context, Object, Result};
use entity::metric;

use super::inputs::{MetricDefineInput, MetricRestoreInput, MetricRetireInput, MetricReviseInput};
use super::types::Metric;
use crate::error::Error;
use crate::graphql::{Ask, Outcome};
use crate::metrics::definitions::{actions, store};
use crate::mutation_payload;

mutation_payload!(MetricDefinePayload, metric: Metric, "The new metric; null when it was refused. 新指标");
mutation_payload!(MetricRevisePayload, metric: Metric, "The metric with its new version; null when it was refused. 指标");
mutation_payload!(MetricRetirePayload, metric: Metric, "The retired metric; null when it was refused. 已停用的指标");
mutation_payload!(MetricRestorePayload, metric: Metric, "The restored metric; null when it was refused. 已恢复的指标");

/// The mutations about definitions.
#[derive(Default)]
pub struct MetricDefinitionMutation;

#[Object]
impl MetricDefinitionMutation {
    /// Defines a metric. One from facts can be asked for once its sums are complete, some moments later. 新建指标
    async fn metric_define(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new metric.")] input: MetricDefineInput,
    ) -> Result<Option<MetricDefinePayload>> {
        let define = actions::MetricDefine {
            key: input.key,
            content: input.content.into(),
            idempotency_key: input.idempotency_key,
        };
        let done = actions::define(ctx.app(), ctx.call(), define).await;
        Ok(Some(outcome(ctx, done).await?.into()))
    }

    /// Gives a metric in use a new version, which holds for all days. 修订指标
    async fn metric_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new version.")] input: MetricReviseInput,
    ) -> Result<Option<MetricRevisePayload>> {
        let revise = actions::MetricRevise {
            id: input.id.uuid,
            expected_version: input.expected_version,
            content: input.content.into(),
            note: input.note,
            idempotency_key: input.idempotency_key,
        };
        let done = actions::revise(ctx.app(), ctx.call(), revise).await;
        Ok(Some(outcome(ctx, done).await?.into()))
    }

    /// Takes a metric out of use; refused while another metric in use stands on it. 停用指标
    async fn metric_retire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which metric.")] input: MetricRetireInput,
    ) -> Result<Option<MetricRetirePayload>> {
        let order = actions::MetricRetire {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let done = actions::retire(ctx.app(), ctx.call(), order).await;
        Ok(Some(outcome(ctx, done).await?.into()))
    }

    /// Takes a retired metric back into use, by its last version; its sums are made anew. 恢复指标
    async fn metric_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which metric.")] input: MetricRestoreInput,
    ) -> Result<Option<MetricRestorePayload>> {
        let order = actions::MetricRetire {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let done = actions::restore(ctx.app(), ctx.call(), order).await;
        Ok(Some(outcome(ctx, done).await?.into()))
    }
}

/// The changed metric as it is shown.
async fn outcome(
    ctx: &Context<'_>,
    done: crate::error::Result<metric::Model>,
) -> Result<Outcome<Metric>> {
    let reader = ctx.app().db.reader();
    let shown = match done {
        Ok(row) => store::shown(reader, &[row.id]).await.and_then(|mut shown| {
            let shown = shown.remove(&row.id).map(Metric);
            shown.ok_or_else(|| Error::internal("a changed metric without a version"))
        }),
        Err(error) => Err(error),
    };
    Outcome::from_result(ctx.call(), shown)
}
