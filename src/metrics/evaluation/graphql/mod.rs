//! The evaluation of regions in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::region;
use std::sync::Arc;

use super::{Card, Evaluation, evaluate};
use crate::access::{Entry, Permission, Rule};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, Decimal};
use crate::metrics::definitions::graphql::MetricVersion;
use crate::metrics::figures::Metric;
use crate::metrics::graphql::MetricPeriod;
use crate::organisation::graphql::Region;

const READ: Rule = Rule::Needs(Permission::MetricRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of the evaluation of regions. Whose figures can be seen is decided when they are asked for.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["regionEvaluation"]),
    entry("RegionEvaluation", READ, &["cards", "from", "to"]),
    entry("RegionCard", READ, &["figures"]),
    entry(
        "RegionCard",
        Rule::Needs(Permission::OrganisationRead),
        &["region"],
    ),
    entry(
        "RegionFigure",
        READ,
        &[
            "change", "count", "key", "previous", "rank", "ranked", "value", "version", "withheld",
        ],
    ),
];

/// The query for the evaluation of regions.
#[derive(Default)]
pub struct RegionEvaluationQuery;

/// The query for the evaluation of regions.
#[Object]
impl RegionEvaluationQuery {
    /// A card of figures for each region within your `metric.read`: satisfaction, cases resolved, share in time and others, each with
    /// the period before, and with its rank for whoever may see every region. 区域评估
    async fn region_evaluation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which whole calendar months, at most 24. 统计周期（整月）")]
        period: MetricPeriod,
        #[graphql(
            desc = "Which metrics, at most 12, in this order; satisfaction, cases resolved, shares in time, reopened and complaints when nothing is said. 指标"
        )]
        metrics: Option<Vec<String>>,
    ) -> Result<Option<RegionEvaluation>> {
        let (app, call) = (ctx.app(), ctx.call());
        let asked = async {
            let keys = metrics.unwrap_or_default();
            let db = app.db.reader();
            let sources = &app.counter.sources;
            evaluate(db, sources, &call.viewer, period.plain()?, &keys).await
        };
        let evaluation: crate::error::Result<Evaluation> = asked.await;
        Ok(Some(RegionEvaluation::of(evaluation.on_field(call)?)))
    }
}

/// The regions side by side. 区域评估
#[derive(SimpleObject)]
pub struct RegionEvaluation {
    /// The first day. 起始日
    from: Date,
    /// The first day after the last one. 截止日（不含）
    to: Date,
    /// A card for each region that had provinces in the period. 区域卡片
    cards: Vec<RegionCard>,
}

impl RegionEvaluation {
    fn of(evaluation: Evaluation) -> Self {
        let metrics = Arc::new(evaluation.metrics);
        let cards = evaluation.cards.into_iter().map(|card| RegionCard {
            card,
            metrics: Arc::clone(&metrics),
        });
        Self {
            from: evaluation.period.from.into(),
            to: evaluation.period.to.into(),
            cards: cards.collect(),
        }
    }
}

/// The figures of a region. 区域卡片
pub struct RegionCard {
    card: Card,
    metrics: Arc<Vec<Metric>>,
}

/// The figures of a region. 区域卡片
#[Object]
impl RegionCard {
    /// The region. 区域
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        let row = ctx.row::<region::Entity>(self.card.region).await;
        Ok(row.on_field(ctx.call())?.map(Region))
    }

    /// The figures, in the order in which the metrics were named. 指标
    async fn figures(&self) -> Vec<RegionFigure> {
        let lines = self.card.lines.iter().zip(&*self.metrics);
        lines
            .map(|(line, metric)| {
                let value = line.now.and_then(|figure| figure.value);
                let previous = line.before.and_then(|figure| figure.value);
                let change = value.zip(previous).map(|(now, before)| now.0 - before.0);
                RegionFigure {
                    key: metric.defined.metric.key.clone(),
                    version: MetricVersion::of(metric.defined.clone()),
                    value: value.map(Decimal),
                    count: line
                        .now
                        .and_then(|figure| figure.weight)
                        .map(|weight| Decimal(crate::decimal::Decimal(weight))),
                    withheld: line.withheld,
                    previous: previous.map(Decimal),
                    change: change.map(|change| Decimal(crate::decimal::Decimal(change))),
                    rank: line.rank,
                    ranked: line.ranked,
                }
            })
            .collect()
    }
}

/// A figure of a region. 区域指标
#[derive(SimpleObject)]
pub struct RegionFigure {
    /// The metric's key. 指标键
    key: String,
    /// The version by which it was computed, with name, unit and direction. 计算所用版本
    version: MetricVersion,
    /// The figure; null when there is nothing to compute it from, or when it is withheld. 数值
    value: Option<Decimal>,
    /// How much is behind it; null for derived metrics and when it is withheld. 计数
    count: Option<Decimal>,
    /// Is it withheld because few members are behind it? 是否因人数过少不显示
    withheld: bool,
    /// The figure of the period before, as long. 上期数值
    previous: Option<Decimal>,
    /// What it is more, or below nought less, than before. 较上期变化
    change: Option<Decimal>,
    /// Its place among the regions whose figure is shown, 1 is best; equal figures share one. Null for whoever may not see every
    /// region, and where neither more nor less is better. 排名
    rank: Option<i32>,
    /// Among how many regions; 0 without ranks. 参与排名的区域数
    ranked: i32,
}
