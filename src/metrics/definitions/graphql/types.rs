//! Metrics, their versions and the sources of facts.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{metric, metric_version};

use super::enums::{
    MetricAggregate, MetricAttribution, MetricDirection, MetricMeasureUnit, MetricMissing,
    MetricUnit,
};
use super::loaders::VersionsOf;
use crate::error::{Error, Text};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::metrics::definitions::store::{Defined, Shown};
use crate::metrics::facts::Source;
use crate::metrics::rules::definition::{Aggregate, Base, Body, Definition};

/// A figure that the organisation looks at, and how it is computed. 指标
pub struct Metric(pub Shown);

impl Metric {
    fn version_row(&self) -> &metric_version::Model {
        &self.0.defined.version
    }
}

/// A figure that the organisation looks at, and how it is computed. 指标
#[Object]
impl Metric {
    /// The metric's id, `metric_...`. 指标 ID
    async fn id(&self) -> Id<metric::Entity> {
        Id::new(self.0.defined.metric.id)
    }

    /// Its name for queries and expressions, such as `tickets_resolved`; unique, and never changes. 键
    async fn key(&self) -> &str {
        &self.0.defined.metric.key
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.version_row().name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.version_row().name_zh
    }

    /// What is counted, on which day, for whom, and what becomes of missing values; in English. 英文含义
    async fn meaning(&self) -> &str {
        &self.version_row().meaning
    }

    /// The same in Chinese. 中文含义
    async fn meaning_zh(&self) -> &str {
        &self.version_row().meaning_zh
    }

    /// How it is computed. 计算方式
    #[graphql(flatten)]
    async fn definition(&self) -> MetricDefinition {
        MetricDefinition::from(&self.0.defined.definition)
    }

    /// Whether it is in use: retired ones can't be asked for. 是否在用
    async fn active(&self) -> bool {
        self.0.defined.metric.active
    }

    /// Whether it came with the product. 是否内置
    async fn shipped(&self) -> bool {
        self.0.defined.metric.shipped
    }

    /// Can it be asked for: is it in use, and are its sums complete, or those of all that it stands on? A new version from
    /// facts takes some moments. 是否可查询
    async fn ready(&self) -> bool {
        self.0.ready
    }

    /// The number of the version that holds. 当前版本
    async fn current(&self) -> i32 {
        self.0.defined.metric.current
    }

    /// Its versions, the newest first. 历史版本
    async fn versions(&self, ctx: &Context<'_>) -> Result<Option<Vec<MetricVersion>>> {
        let versions = ctx.loads().load_one(VersionsOf(self.0.defined.metric.id));
        let rows = versions.await.map_err(shared).on_field(ctx.call())?;
        let rows = rows.unwrap_or_default().into_iter();
        let versions: crate::error::Result<Vec<_>> = rows.map(MetricVersion::read).collect();
        Ok(Some(versions.on_field(ctx.call())?))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.defined.metric.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.defined.metric.updated_at.into()
    }
}

/// How a metric is computed: from facts, or from other metrics. 指标计算方式
#[derive(SimpleObject)]
pub struct MetricDefinition {
    /// What the figure is. 单位
    unit: MetricUnit,
    /// Whether more is better. 方向
    direction: MetricDirection,
    /// The key of the source of its facts; null for a derived one. 事实来源
    source: Option<String>,
    /// To whom its facts are attributed; null for a derived one. 归属方式
    attribution: Option<MetricAttribution>,
    /// What is made of its facts; null for a derived one. 汇总方式
    aggregate: Option<MetricAggregate>,
    /// Which measure is looked at; null when facts are only counted. 度量
    measure: Option<String>,
    /// From which value on a fact counts as yes; null when the measure is yes or no itself. 达标值
    at_least: Option<i64>,
    /// Only records of these kinds; of all when empty. 类型
    kinds: Vec<String>,
    /// Only records that came in these ways; in all when empty. 渠道
    channels: Vec<String>,
    /// What a fact without the measure means; null where none is looked at. 缺失值处理
    missing: Option<MetricMissing>,
    /// What it is computed by from other metrics, in CEL; null for one from facts. 表达式
    expression: Option<String>,
    /// The keys of the metrics that it stands on directly; empty for one from facts. 引用的指标
    inputs: Vec<String>,
    /// Do the figures of parts (days, teams, members) add up to the figure of the whole? Counts and sums do. Means and
    /// rates don't: the figure of a whole is made of the facts of the whole, and never by adding or averaging the figures
    /// of its parts. Nor do derived figures. 是否可加：计数与合计可加；平均值、比率和派生指标不可由各部分相加或平均得出
    additive: bool,
}

impl From<&Definition> for MetricDefinition {
    fn from(definition: &Definition) -> Self {
        let empty = Self {
            unit: definition.unit.into(),
            direction: definition.direction.into(),
            source: None,
            attribution: None,
            aggregate: None,
            measure: None,
            at_least: None,
            kinds: Vec::new(),
            channels: Vec::new(),
            missing: None,
            expression: None,
            inputs: Vec::new(),
            additive: false,
        };
        match &definition.body {
            Body::Facts(base) => empty.of_facts(base),
            Body::Derived(derived) => Self {
                expression: Some(derived.expression.clone()),
                inputs: derived.inputs.clone(),
                ..empty
            },
        }
    }
}

impl MetricDefinition {
    fn of_facts(self, base: &Base) -> Self {
        let looks = base.aggregate != Aggregate::Count;
        Self {
            source: Some(base.source.clone()),
            attribution: Some(base.attribution.into()),
            aggregate: Some(base.aggregate.into()),
            measure: base.measure.clone(),
            at_least: base.at_least,
            kinds: base.kinds.clone(),
            channels: base.channels.clone(),
            missing: looks.then(|| base.missing.into()),
            additive: base.is_additive(),
            ..self
        }
    }
}

/// One version of a metric; it never changes, so that figures can be explained by it. 指标版本
pub struct MetricVersion {
    row: metric_version::Model,
    definition: Definition,
}

impl MetricVersion {
    /// The version of a metric.
    #[must_use]
    pub fn of(defined: Defined) -> Self {
        Self {
            row: defined.version,
            definition: defined.definition,
        }
    }

    /// A version from its row.
    ///
    /// # Errors
    /// When the row doesn't hold a definition.
    fn read(row: metric_version::Model) -> crate::error::Result<Self> {
        let definition = serde_json::from_value(row.definition.clone()).map_err(Error::from)?;
        Ok(Self { row, definition })
    }
}

/// One version of a metric; it never changes, so that figures can be explained by it. 指标版本
#[Object]
impl MetricVersion {
    /// The version's id, `metricversion_...`. 版本 ID
    async fn id(&self) -> Id<metric_version::Entity> {
        Id::new(self.row.id)
    }

    /// Counts up from 1. 版本号
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.row.name_zh
    }

    /// What it says, in English. 英文含义
    async fn meaning(&self) -> &str {
        &self.row.meaning
    }

    /// What it says, in Chinese. 中文含义
    async fn meaning_zh(&self) -> &str {
        &self.row.meaning_zh
    }

    /// How it is computed. 计算方式
    async fn definition(&self) -> MetricDefinition {
        MetricDefinition::from(&self.definition)
    }

    /// Why it was made. 修订说明
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// Since when its sums are complete; null while they are being made. 汇总完成时间
    async fn counted_at(&self) -> Option<DateTime> {
        self.row.counted_at.map(Into::into)
    }
}

/// A kind of thing that happens and can be counted. 事实来源
#[derive(SimpleObject)]
pub struct MetricSource {
    /// The kind of record, a dot, what happened: `ticket.resolved`. 键
    key: String,
    /// What it is called, in the language of the request. 名称
    name: String,
    /// What one fact of it is, and on which day it counts, in the language of the request. 含义
    meaning: String,
    /// By which rules its facts can be attributed. 归属方式
    attributions: Vec<MetricAttribution>,
    /// What is measured of each fact. 度量
    measures: Vec<MetricMeasure>,
}

/// Something measured of a fact. 度量
#[derive(SimpleObject)]
pub struct MetricMeasure {
    /// Its key within the source, such as `seconds`. 键
    key: String,
    /// What it counts. 单位
    unit: MetricMeasureUnit,
}

impl MetricSource {
    /// A source for the reader of a request.
    #[must_use]
    pub fn new(ctx: &Context<'_>, source: &Source) -> Self {
        let read = |text: &Text| text.in_locale(ctx.call().locale).to_owned();
        Self {
            key: source.key.to_owned(),
            name: read(&source.name),
            meaning: read(&source.meaning),
            attributions: source.attributions.iter().map(|by| (*by).into()).collect(),
            measures: source
                .measures
                .iter()
                .map(|measure| MetricMeasure {
                    key: measure.key.to_owned(),
                    unit: measure.unit.into(),
                })
                .collect(),
        }
    }
}
