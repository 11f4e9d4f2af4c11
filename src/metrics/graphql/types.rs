//! Figures in the schema.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::enums::Dimension;
use entity::{department, member, metric_fact, metric_snapshot, product, region, team};

use super::difference::MetricDifference;
use super::times::shown_detail;
use crate::error::Text;
use crate::graphql::errors::OnField;
use crate::graphql::ids::{Node as HasPrefix, encode};
use crate::graphql::node::{self, Node};
use crate::graphql::{Ask as _, Connection, Date, DateTime, Decimal, PageArgs};
use crate::metrics::definitions::graphql::{Metric as MetricType, MetricVersion};
use crate::metrics::definitions::{Shown, shown_by_key};
use crate::metrics::facts::WHOLE;
use crate::metrics::figures::{Ask, Differences, Figure, Group, Metric, Records, Rights};
use crate::metrics::rules::cells::NONE;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::Period;
use crate::metrics::snapshots::graphql::MetricSnapshot;
use crate::organisation::graphql::Member;

/// What is common to all figures of an answer.
#[derive(Debug)]
pub struct Answer {
    /// The metric.
    pub metric: Arc<Metric>,
    /// What was asked.
    pub ask: Ask,
    /// With what care they are shown.
    pub rights: Rights,
    /// Which figures are withheld: group and period.
    pub withheld: std::collections::HashMap<String, Vec<Period>>,
    /// The figures of the same groups in the period before.
    pub before: Option<Arc<Vec<Group>>>,
    /// And in the same period of the year before.
    pub year_before: Option<Arc<Vec<Group>>>,
    /// Is everything that has happened in them, where that was asked?
    pub up_to_date: bool,
    /// The snapshot that they were frozen in.
    pub snapshot: Option<metric_snapshot::Model>,
    /// How they differ from today's, where that was asked.
    pub differences: Option<Differences>,
}

/// The figures of a metric. 指标数据
pub struct MetricFigures {
    /// What is common to them.
    pub answer: Arc<Answer>,
    /// The groups; one with an empty key when nothing was grouped.
    pub groups: Arc<Vec<Group>>,
}

/// The figures of a metric. 指标数据
#[Object]
impl MetricFigures {
    /// The metric, as it was computed. 指标
    async fn metric(&self, ctx: &Context<'_>) -> Result<Option<MetricType>> {
        let key = &self.answer.metric.defined.metric.key;
        let shown = shown_by_key(ctx.app().db.reader(), &ctx.call().viewer, key).await;
        Ok(shown.on_field(ctx.call())?.map(|shown| {
            MetricType(Shown {
                defined: self.answer.metric.defined.clone(),
                ..shown
            })
        }))
    }

    /// The version by which it was computed: of frozen figures that of then. 计算所用版本
    async fn version(&self) -> MetricVersion {
        MetricVersion::of(self.answer.metric.defined.clone())
    }

    /// The snapshot that the figures were frozen in; null for those of today. 快照
    async fn snapshot(&self) -> Option<MetricSnapshot> {
        self.answer.snapshot.clone().map(MetricSnapshot)
    }

    /// How frozen figures differ from today's: of every group that there was or is, in the order of their keys; null for
    /// figures of today. 与当前数据的差异
    async fn differences(&self) -> Option<Vec<MetricDifference>> {
        let groups = self.answer.differences.as_ref()?.groups.keys();
        let difference = |key: &String| MetricDifference {
            answer: Arc::clone(&self.answer),
            key: key.clone(),
        };
        Some(groups.map(difference).collect())
    }

    /// The figures, group by group, in the order of their keys; one group when nothing was grouped. 分组数据
    async fn groups(&self) -> Vec<MetricGroup> {
        let groups = self.groups.iter();
        groups
            .map(|group| MetricGroup {
                answer: Arc::clone(&self.answer),
                group: group.clone(),
            })
            .collect()
    }

    /// Do these groups add up to the figure without grouping? Counts and sums do in every dimension but regions, which may
    /// overlap; means, rates and derived metrics never do. 各组之和是否等于总数
    async fn additive(&self) -> bool {
        self.answer.metric.is_additive() && self.answer.ask.by != Some(By::Region)
    }

    /// Why the groups don't add up, in the language of the request; null when they do. 不可加的原因
    async fn additive_note(&self, ctx: &Context<'_>) -> Option<String> {
        let text = if !self.answer.metric.is_additive() {
            Text::new(
                "Means, rates and derived figures of parts don't add up to that of the whole.",
                "均值、比率和派生指标的各组数值不能相加。",
            )
        } else if self.answer.ask.by == Some(By::Region) {
            Text::new(
                "Regions may have provinces in common, and some provinces belong to none.",
                "区域之间可能有相同省份，也可能有省份不属于任何区域。",
            )
        } else {
            return None;
        };
        Some(text.in_locale(ctx.call().locale).to_owned())
    }

    /// Are some figures withheld because few members are behind them? 是否有因人数过少而不显示的数据
    async fn has_withheld(&self) -> bool {
        !self.answer.withheld.is_empty()
    }

    /// Is every change in the figures that was made before they were read? Changes take a second or two. Frozen figures stay
    /// as they are; of them it is said of those of today that they are compared with. 是否已包含全部变更
    async fn up_to_date(&self) -> bool {
        self.answer.up_to_date
    }
}

/// The figures of one part of the company. 一组数据
pub struct MetricGroup {
    answer: Arc<Answer>,
    group: Group,
}

/// The figures of one part of the company. 一组数据
#[Object]
impl MetricGroup {
    /// Which team, product and so on: its id, or the word of a channel, kind or province; `-` for those without one; null
    /// when nothing was grouped. 键
    async fn key(&self) -> Option<String> {
        self.answer.ask.by.map(|by| shown_key(by, &self.group.key))
    }

    /// The team, product and so on itself, if you may see it; null for channels, kinds and provinces. 对象
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        subject_of(ctx, self.answer.ask.by, &self.group.key).await
    }

    /// The figure of the whole period. 整个周期
    async fn figure(&self) -> MetricFigure {
        self.of(self.group.whole)
    }

    /// The figures of its pieces, in the order of time. 时间序列
    async fn series(&self) -> Vec<MetricFigure> {
        self.group.series.iter().map(|one| self.of(*one)).collect()
    }

    /// The figure of the period before: as many calendar months when the period is made of whole months, otherwise as many
    /// days. Null when a snapshot doesn't have it. 环比
    async fn previous(&self) -> Option<MetricComparison> {
        self.compared(self.answer.before.as_deref()?)
    }

    /// The figure of the same period of the year before. Null when a snapshot doesn't have it. 同比
    async fn year_before(&self) -> Option<MetricComparison> {
        self.compared(self.answer.year_before.as_deref()?)
    }

    /// How the frozen figure differs from today's, and by what; null for figures of today. 与当前数据的差异及原因
    async fn difference(&self) -> Option<MetricDifference> {
        let differences = self.answer.differences.as_ref()?;
        let there = differences.groups.contains_key(&self.group.key);
        there.then(|| MetricDifference {
            answer: Arc::clone(&self.answer),
            key: self.group.key.clone(),
        })
    }
}

impl MetricGroup {
    fn of(&self, figure: Figure) -> MetricFigure {
        let withheld = self.answer.withheld.get(&self.group.key);
        MetricFigure {
            answer: Arc::clone(&self.answer),
            key: self.group.key.clone(),
            withheld: withheld.is_some_and(|periods| periods.contains(&figure.period)),
            figure,
        }
    }

    fn compared(&self, groups: &[Group]) -> Option<MetricComparison> {
        let group = groups.iter().find(|group| group.key == self.group.key)?;
        let (now, then) = (self.group.whole.value, group.whole.value);
        let change = now
            .zip(then)
            .and_then(|(now, then)| now.0.checked_sub(then.0));
        Some(MetricComparison {
            from: Date(group.whole.period.from),
            to: Date(group.whole.period.to),
            value: then.map(Decimal),
            change: change.map(|change| Decimal(crate::decimal::Decimal(change))),
            change_percent: change.zip(then).and_then(|(change, then)| {
                let percent = (then.0 != 0)
                    .then(|| i128::from(change) * 1_000_000 / i128::from(then.0).abs())?;
                Some(Decimal(crate::decimal::Decimal(percent.try_into().ok()?)))
            }),
        })
    }
}

/// A figure of another time, beside this one. 对比
#[derive(SimpleObject)]
pub struct MetricComparison {
    /// Its first day. 起始日
    from: Date,
    /// The first day after it. 截止日（不含）
    to: Date,
    /// The figure; null when there was nothing to compute it from, or it is withheld. 数值
    value: Option<Decimal>,
    /// How much more it is now. 变化
    change: Option<Decimal>,
    /// The same in percent of the figure then. 变化百分比
    change_percent: Option<Decimal>,
}

/// One figure. 数值
pub struct MetricFigure {
    answer: Arc<Answer>,
    key: String,
    figure: Figure,
    withheld: bool,
}

/// One figure. 数值
#[Object]
impl MetricFigure {
    /// Its first day. 起始日
    async fn from(&self) -> Date {
        Date(self.figure.period.from)
    }

    /// The first day after it. 截止日（不含）
    async fn to(&self) -> Date {
        Date(self.figure.period.to)
    }

    /// The figure, in the metric's unit; null when there is nothing to compute it from, or it is withheld. 数值
    async fn value(&self) -> Option<Decimal> {
        self.figure.value.map(Decimal)
    }

    /// How many facts are behind it, shares counting as parts, without those that it leaves out for want of a value; null for
    /// derived metrics, and when it is withheld. 样本数（不含因无度量值而不计入的）
    async fn count(&self) -> Option<Decimal> {
        let weight = self.figure.weight?;
        Some(Decimal(crate::decimal::Decimal(weight)))
    }

    /// Is it withheld because few members are behind it, or because another one could be found out by it? 是否因人数过少不显示
    async fn withheld(&self) -> bool {
        self.withheld
    }

    /// The records behind it, the latest first, without those that it leaves out for want of a value; needs `metric.member.read`
    /// for this part of the company when the figure is about members. 明细
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "For derived metrics: the key of the metric that it stands on; the first one when nothing is said."
        )]
        of: Option<String>,
    ) -> Result<Option<Connection<MetricRecord>>> {
        let (app, call, answer) = (ctx.app(), ctx.call(), &self.answer);
        if answer.rights == Rights::Guarded {
            let error = call
                .viewer
                .reach_too_small(crate::access::Permission::MetricMemberRead);
            return Err(crate::graphql::errors::from_api(call, &error));
        }
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let records = Records {
            period: self.figure.period,
            part: answer.ask.part.clone(),
            group: answer.ask.by.map(|by| (by, self.key.clone())),
            of,
            at: answer.ask.at.clone(),
        };
        let total = ctx.selects("totalCount");
        let listing = records
            .page(app.db.reader(), &answer.metric, &page, total)
            .await
            .on_field(call)?;
        Ok(Some(Connection::from_listing(listing, MetricRecord)))
    }
}

/// A record behind a figure. 明细记录
pub struct MetricRecord(pub metric_fact::Model);

/// A record behind a figure. 明细记录
#[Object]
impl MetricRecord {
    /// When it happened. 发生时间
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// The day on which it counts, in the organisation's time zone. 计入日期
    async fn day(&self) -> Date {
        Date(self.0.day)
    }

    /// What part of it counts here, 1 for the whole: less where credit is shared. 份额
    async fn share(&self) -> Decimal {
        let share = i64::from(self.0.weight) * crate::decimal::SCALE / i64::from(WHOLE);
        Decimal(crate::decimal::Decimal(share))
    }

    /// The source's measures, in the order in which the source names them; null where one isn't known. 度量值
    async fn values(&self) -> Vec<Option<i64>> {
        vec![self.0.value0, self.0.value1, self.0.value2, self.0.value3]
    }

    /// What within the record it is about, such as a step, a queue or a reason for waiting: a word, or an id; null where the
    /// source tells nothing of that. 细目
    async fn detail(&self, ctx: &Context<'_>) -> Option<String> {
        let detail = self.0.detail.as_ref()?;
        let sources = &ctx.app().counter.sources;
        Some(match sources.get(&self.0.source) {
            Some(source) => shown_detail(source, detail),
            None => detail.clone(),
        })
    }

    /// The member it is attributed to, if you may see that member. 归属成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The record's id. 记录 ID
    async fn record_id(&self) -> ID {
        ID(encode(&self.0.record_kind, self.0.record_id))
    }

    /// The record itself, if you may see it. 记录
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        let id = ID(encode(&self.0.record_kind, self.0.record_id));
        node::find(ctx, "recordId", &id).await
    }
}

/// The prefix of the ids by which figures are grouped, where the keys are ids.
pub(super) const fn prefix_of(by: By) -> Option<&'static str> {
    match by {
        By::Region => Some(<region::Entity as HasPrefix>::PREFIX),
        By::Dimension(Dimension::Department) => Some(<department::Entity as HasPrefix>::PREFIX),
        By::Dimension(Dimension::Team) => Some(<team::Entity as HasPrefix>::PREFIX),
        By::Dimension(Dimension::Member) => Some(<member::Entity as HasPrefix>::PREFIX),
        By::Dimension(Dimension::Product) => Some(<product::Entity as HasPrefix>::PREFIX),
        By::Dimension(_) => None,
    }
}

/// The team, product and so on of a key, if the viewer may see it.
pub(super) async fn subject_of(
    ctx: &Context<'_>,
    by: Option<By>,
    key: &str,
) -> Result<Option<Node>> {
    match by {
        Some(by) if prefix_of(by).is_some() && key != NONE => {
            node::find(ctx, "key", &ID(shown_key(by, key))).await
        }
        _ => Ok(None),
    }
}

/// A key as clients read it.
pub(super) fn shown_key(by: By, key: &str) -> String {
    match (prefix_of(by), key.parse()) {
        (Some(prefix), Ok(id)) => encode(prefix, id),
        _ => key.to_owned(),
    }
}
