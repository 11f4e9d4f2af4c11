//! The figures of an appraisal, each with the way to its records.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use entity::{member, metric_snapshot};
use uuid::Uuid;

use crate::appraisals::actions::look::{Figure, Look};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, Decimal, Id};
use crate::metrics::definitions::graphql::NameOfMetric;

/// A figure that an appraisal goes by, as it stands now or as it was frozen. Its records: `metric(key: metricKey, period:
/// { from, to }, filter: { memberIds: [memberId] }, snapshot: snapshotId) { groups { figure { records } } }`. 考核指标
pub struct AppraisalFigure {
    figure: Figure,
    member: Uuid,
    days: (NaiveDate, NaiveDate),
    snapshot: Option<Uuid>,
}

impl AppraisalFigure {
    /// The figures of a member as they were looked at.
    pub fn all(member: Uuid, look: Look) -> Vec<Self> {
        let days = (look.cycle.from_day, look.cycle.until_day);
        let snapshot = look.snapshot;
        let figure = |figure| Self {
            figure,
            member,
            days,
            snapshot,
        };
        look.figures.into_iter().map(figure).collect()
    }
}

/// A figure that an appraisal goes by, as it stands now or as it was frozen. Its records: `metric(key: metricKey, period:
/// { from, to }, filter: { memberIds: [memberId] }, snapshot: snapshotId) { groups { figure { records } } }`. 考核指标
#[Object]
impl AppraisalFigure {
    /// The key of the section of the template that asks for it. 考核项目键
    async fn section(&self) -> &str {
        &self.figure.section
    }

    /// The key of the metric. 指标键
    async fn metric_key(&self) -> &str {
        &self.figure.metric
    }

    /// What the metric is called, in your language; null when it isn't used any more. 指标名称
    async fn metric_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = ctx.call();
        let key = NameOfMetric(self.figure.metric.clone());
        let found = ctx.loads().load_one(key).await.map_err(shared);
        let name = found.on_field(call)?;
        Ok(name.map(|name| name.in_locale(call.locale).to_owned()))
    }

    /// Its weight among the figures of the section. 权重
    async fn weight(&self) -> i32 {
        self.figure.weight
    }

    /// The figure in the metric's unit; null when there is nothing to compute it from, or while it is paused. 数值
    async fn value(&self) -> Option<Decimal> {
        self.figure.value.map(Decimal)
    }

    /// What it is worth by the curve of the template, 0 to 100 percent; null when there is no figure. 得分率
    async fn percent(&self) -> Option<Decimal> {
        self.figure.percent.map(Decimal)
    }

    /// Does it wait for a decision about a disputed record? 是否因异议暂停
    async fn paused(&self) -> bool {
        self.figure.paused
    }

    /// Is it frozen, so that the result follows from it whatever happens to the records? 是否已冻结
    async fn frozen(&self) -> bool {
        self.figure.frozen
    }

    /// The first day that it is about. 起始日
    async fn from(&self) -> Date {
        self.days.0.into()
    }

    /// The first day after it. 截止日（不含）
    async fn to(&self) -> Date {
        self.days.1.into()
    }

    /// The member whose figure it is: what `metric(filter:)` takes. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.member)
    }

    /// The snapshot in which its records were frozen: what `metric(snapshot:)` takes; null while nothing is frozen. 快照标识
    async fn snapshot_id(&self) -> Option<Id<metric_snapshot::Entity>> {
        self.snapshot.map(Id::new)
    }
}
