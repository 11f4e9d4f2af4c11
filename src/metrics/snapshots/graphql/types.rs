//! A snapshot in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{metric_snapshot, user};

use super::loaders::MetricsOf;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::identity::graphql::User;
use crate::metrics::definitions::graphql::MetricVersion;

/// A period whose figures were frozen: they never change. 指标快照
pub struct MetricSnapshot(pub metric_snapshot::Model);

/// A period whose figures were frozen: they never change. 指标快照
#[Object]
impl MetricSnapshot {
    /// The snapshot's id, `metricsnapshot_...`. 快照 ID
    pub async fn id(&self) -> Id<metric_snapshot::Entity> {
        Id::new(self.0.id)
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// Its first day. 起始日
    async fn from(&self) -> Date {
        self.0.from_day.into()
    }

    /// The first day after it. 截止日（不含）
    async fn to(&self) -> Date {
        self.0.until_day.into()
    }

    /// Why it was frozen. 说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was frozen: what happened later isn't in it. 冻结时间
    async fn frozen_at(&self) -> DateTime {
        self.0.frozen_at.into()
    }

    /// Who froze it; null for the server itself, and when the account is out of your reach. 冻结人
    async fn frozen_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        let Some(id) = self.0.frozen_by else {
            return Ok(None);
        };
        let row = ctx.row::<user::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(User))
    }

    /// The metrics that can be asked from it, by their versions of then, in the order of their keys. 指标及其版本
    async fn metrics(&self, ctx: &Context<'_>) -> Result<Option<Vec<MetricSnapshotMetric>>> {
        let metrics = ctx.loads().load_one(MetricsOf(self.0.id));
        let metrics = metrics.await.map_err(shared).on_field(ctx.call())?;
        let metrics = metrics.unwrap_or_default().into_iter();
        Ok(Some(
            metrics
                .map(|one| MetricSnapshotMetric {
                    key: one.metric.key.clone(),
                    version: MetricVersion::of(one),
                })
                .collect(),
        ))
    }
}

/// A metric of a snapshot. 快照中的指标
#[derive(SimpleObject)]
pub struct MetricSnapshotMetric {
    /// The metric's key, by which `metric` is asked. 键
    key: String,
    /// The version by which its frozen figures are computed. 冻结时的版本
    version: MetricVersion,
}
