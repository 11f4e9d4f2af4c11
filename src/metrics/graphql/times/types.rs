//! Times in the schema.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::figure::{TimeSpentComparison, TimeSpentFigure, compared, figure};
use crate::error::Text;
use crate::graphql::Ask as _;
use crate::graphql::ids::encode;
use crate::graphql::node::{self, Node};
use crate::metrics::definitions::graphql::MetricSource;
use crate::metrics::facts::{Detail, Source};
use crate::metrics::figures::{Spent, SpentGroup, TimeAsk, TimeBy};
use crate::metrics::graphql::types::{prefix_of, shown_key};
use crate::metrics::rules::cells::NONE;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::Period;
use crate::metrics::rules::times::Times;

/// What is common to all times of an answer.
#[derive(Debug)]
pub struct Answer {
    /// What is counted.
    pub source: Source,
    /// By which measure.
    pub measure: String,
    /// What was asked.
    pub ask: TimeAsk,
    /// What was found.
    pub now: Spent,
    /// The same in the period before.
    pub before: Option<(Period, Spent)>,
    /// And in the same period of the year before.
    pub year_before: Option<(Period, Spent)>,
    /// What details are called.
    pub names: BTreeMap<String, Text>,
    /// Is everything that has happened in them?
    pub up_to_date: bool,
}

/// Which group, and which within it, a figure is about.
pub type Path = Vec<(TimeBy, String)>;

impl Answer {
    /// A key as clients read it.
    fn shown(&self, by: TimeBy, key: &str) -> String {
        match by {
            TimeBy::Part(by) => shown_key(by, key),
            TimeBy::Detail => shown_detail(&self.source, key),
        }
    }

    fn name(&self, ctx: &Context<'_>, by: TimeBy, key: &str) -> Option<String> {
        let name = self.names.get(key).filter(|_| by == TimeBy::Detail)?;
        Some(name.in_locale(ctx.call().locale).to_owned())
    }

    async fn subject(&self, ctx: &Context<'_>, by: TimeBy, key: &str) -> Result<Option<Node>> {
        let has_rows = match by {
            TimeBy::Part(by) => prefix_of(by).is_some(),
            TimeBy::Detail => matches!(self.source.detail, Detail::Row(_)),
        };
        if !has_rows || key == NONE {
            return Ok(None);
        }
        node::find(ctx, "key", &ID(self.shown(by, key))).await
    }
}

/// A detail as clients read it.
#[must_use]
pub fn shown_detail(source: &Source, detail: &str) -> String {
    match (source.detail, detail.parse()) {
        (Detail::Row(prefix), Ok(id)) => encode(prefix, id),
        _ => detail.to_owned(),
    }
}

/// The figures of the pieces of the period.
fn pieces(answer: &Arc<Answer>, path: &Path, series: &[Times]) -> Vec<TimeSpentFigure> {
    let periods = answer.ask.pieces().into_iter();
    let wholes = answer.now.series.iter();
    periods
        .zip(series)
        .zip(wholes)
        .map(|((period, times), whole)| figure(answer, path, period, *times, whole.total))
        .collect()
}

/// Where time went. 耗时分析
pub struct TimeSpent(Arc<Answer>);

impl TimeSpent {
    /// An answer.
    #[must_use]
    pub const fn new(answer: Arc<Answer>) -> Self {
        Self(answer)
    }
}

/// Where time went. 耗时分析
#[Object]
impl TimeSpent {
    /// What is counted, and on which day. 事实来源
    async fn source(&self, ctx: &Context<'_>) -> MetricSource {
        MetricSource::new(ctx, &self.0.source)
    }

    /// By which measure. 度量
    async fn measure(&self) -> &str {
        &self.0.measure
    }

    /// All of it together. 合计
    async fn figure(&self) -> TimeSpentFigure {
        let whole = self.0.now.whole;
        figure(&self.0, &Path::new(), self.0.ask.period, whole, whole.total)
    }

    /// The same for each piece of the period, in the order of time. 时间序列
    async fn series(&self) -> Vec<TimeSpentFigure> {
        pieces(&self.0, &Path::new(), &self.0.now.series)
    }

    /// All of it in the period before: as many calendar months when the period is made of whole months, otherwise as many
    /// days. 环比
    async fn previous(&self) -> Option<TimeSpentComparison> {
        let earlier = self.0.before.as_ref()?;
        let now = self.0.now.whole;
        Some(compared(
            &self.0,
            &Path::new(),
            now,
            earlier,
            earlier.1.whole,
        ))
    }

    /// All of it in the same period of the year before. 同比
    async fn year_before(&self) -> Option<TimeSpentComparison> {
        let earlier = self.0.year_before.as_ref()?;
        let now = self.0.now.whole;
        Some(compared(
            &self.0,
            &Path::new(),
            now,
            earlier,
            earlier.1.whole,
        ))
    }

    /// The groups, the one that took most time first. 分组
    async fn groups(&self) -> Vec<TimeSpentGroup> {
        let groups = self.0.now.groups.iter();
        groups
            .map(|group| TimeSpentGroup {
                answer: Arc::clone(&self.0),
                group: group.clone(),
            })
            .collect()
    }

    /// Do counts and totals of the groups add up to those of the whole? They do in every dimension but regions, which may
    /// overlap. Medians and percentiles never do. 各组之和是否等于合计
    async fn additive(&self) -> bool {
        let regional = Some(TimeBy::Part(By::Region));
        Some(self.0.ask.by) != regional && self.0.ask.compare != regional
    }

    /// Why they don't, in the language of the request; null when they do. 不可加的原因
    async fn additive_note(&self, ctx: &Context<'_>) -> Option<String> {
        let regional = Some(TimeBy::Part(By::Region));
        (Some(self.0.ask.by) == regional || self.0.ask.compare == regional).then(|| {
            let text = Text::new(
                "Regions may have provinces in common, and some provinces belong to none.",
                "区域之间可能有相同省份，也可能有省份不属于任何区域。",
            );
            text.in_locale(ctx.call().locale).to_owned()
        })
    }

    /// Is every change in the figures that was made before they were read? Changes take a second or two. 是否已包含全部变更
    async fn up_to_date(&self) -> bool {
        self.0.up_to_date
    }
}

/// A group of stretches of time. 耗时分组
pub struct TimeSpentGroup {
    answer: Arc<Answer>,
    group: SpentGroup,
}

impl TimeSpentGroup {
    fn path(&self) -> Path {
        vec![(self.answer.ask.by, self.group.key.clone())]
    }

    fn compared_with(&self, earlier: &(Period, Spent)) -> TimeSpentComparison {
        let mut groups = earlier.1.groups.iter();
        let then = groups.find(|group| group.key == self.group.key);
        let then = then.map(|group| group.whole).unwrap_or_default();
        compared(&self.answer, &self.path(), self.group.whole, earlier, then)
    }
}

/// A group of stretches of time. 耗时分组
#[Object]
impl TimeSpentGroup {
    /// Which: the code of a step, a kind of handover, a reason for waiting; the id of a team, region and so on; the word of
    /// a channel, kind or province; `-` for what has none, such as the queue before any team. 键
    async fn key(&self) -> String {
        self.answer.shown(self.answer.ask.by, &self.group.key)
    }

    /// What a step, a kind of handover or a reason for waiting is called, in the language of the request; null for others:
    /// see `subject`. 名称
    async fn name(&self, ctx: &Context<'_>) -> Option<String> {
        self.answer.name(ctx, self.answer.ask.by, &self.group.key)
    }

    /// The team whose queue it is; the team, region, department or product itself; if you may see it. 对象
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        let by = self.answer.ask.by;
        self.answer.subject(ctx, by, &self.group.key).await
    }

    /// The figure of the whole period. 整个周期
    async fn figure(&self) -> TimeSpentFigure {
        figure(
            &self.answer,
            &self.path(),
            self.answer.ask.period,
            self.group.whole,
            self.answer.now.whole.total,
        )
    }

    /// The trend: the figures of the pieces of the period, in the order of time. 趋势
    async fn series(&self) -> Vec<TimeSpentFigure> {
        pieces(&self.answer, &self.path(), &self.group.series)
    }

    /// The figure of the period before: as many calendar months when the period is made of whole months, otherwise as many
    /// days. 环比
    async fn previous(&self) -> Option<TimeSpentComparison> {
        Some(self.compared_with(self.answer.before.as_ref()?))
    }

    /// The figure of the same period of the year before. 同比
    async fn year_before(&self) -> Option<TimeSpentComparison> {
        Some(self.compared_with(self.answer.year_before.as_ref()?))
    }

    /// The group told apart by `compareBy`, the part that took most time first; empty without it. 对比
    async fn compared(&self) -> Vec<TimeSpentPart> {
        let Some(by) = self.answer.ask.compare else {
            return Vec::new();
        };
        let parts = self.group.parts.iter();
        parts
            .map(|(key, times)| TimeSpentPart {
                answer: Arc::clone(&self.answer),
                path: [self.path(), vec![(by, key.clone())]].concat(),
                by,
                key: key.clone(),
                times: *times,
            })
            .collect()
    }
}

/// A part of a group, beside the others. 对比项
pub struct TimeSpentPart {
    answer: Arc<Answer>,
    path: Path,
    by: TimeBy,
    key: String,
    times: Times,
}

/// A part of a group, beside the others. 对比项
#[Object]
impl TimeSpentPart {
    /// Which, as with the groups. 键
    async fn key(&self) -> String {
        self.answer.shown(self.by, &self.key)
    }

    /// What a step, a kind of handover or a reason for waiting is called, in the language of the request. 名称
    async fn name(&self, ctx: &Context<'_>) -> Option<String> {
        self.answer.name(ctx, self.by, &self.key)
    }

    /// The team, region, department or product itself, if you may see it. 对象
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        self.answer.subject(ctx, self.by, &self.key).await
    }

    /// The figure of the whole period. 整个周期
    async fn figure(&self) -> TimeSpentFigure {
        figure(
            &self.answer,
            &self.path,
            self.answer.ask.period,
            self.times,
            self.answer.now.whole.total,
        )
    }
}
