//! What a version of a template says, in the schema.

use async_graphql::SimpleObject;

use super::enums::{
    AppraisalFeedbackSource, AppraisalMeasureKind, AppraisalMissing, AppraisalRoundingMode,
};
use crate::appraisals::rules::content::{
    Anchor, Band, Behaviour, Content, Criterion, Measure, MetricItem, Section, Side,
};
use crate::graphql::Decimal;

/// Everything that a version of a template says. 模板内容
#[derive(SimpleObject)]
pub struct AppraisalContent {
    /// Full marks, in points. 满分
    full: i32,
    /// The highest score that anybody gets: a score can't exceed the standard. 得分上限
    cap: Decimal,
    /// How the score is rounded, once, at the end. 取整
    rounding: AppraisalRounding,
    /// From the best one down; the last one begins at 0. 等级
    bands: Vec<AppraisalBand>,
    /// What is looked at; the weights add up to 100. 考核项目
    sections: Vec<AppraisalSection>,
    /// What costs points. 关键行为扣分
    behaviours: Vec<AppraisalBehaviour>,
}

/// How a score is rounded. 取整
#[derive(SimpleObject)]
pub struct AppraisalRounding {
    /// To how many decimals, 0 to 2. 小数位数
    decimals: i32,
    /// Which way. 方式
    mode: AppraisalRoundingMode,
}

/// A range of scores with a name. 等级
#[derive(SimpleObject)]
pub struct AppraisalBand {
    /// Its key within the template, such as `excellent`. 键
    key: String,
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
    /// From which score on. 起始分
    from: Decimal,
    /// At most so many of a hundred appraisals, rounded down; null when any number may be in it. 人数占比上限（%）
    most_percent: Option<i32>,
}

/// A part of an appraisal. 考核项目
#[derive(SimpleObject)]
pub struct AppraisalSection {
    /// Its key within the template. 键
    key: String,
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
    /// Its weight, in percent. 权重（%）
    weight: i32,
    /// What it means when there is nothing to go by. 缺失处理
    missing: AppraisalMissing,
    /// What it is made of. 构成
    measure: AppraisalMeasure,
}

/// What a section is made of; the lists of other kinds are empty. 考核项目构成
#[derive(SimpleObject)]
pub struct AppraisalMeasure {
    /// Of which kind it is. 类型
    kind: AppraisalMeasureKind,
    /// The figures, of metrics. 指标
    metrics: Vec<AppraisalMetricItem>,
    /// What the reviewer judges, of criteria. 评分标准
    criteria: Vec<AppraisalCriterion>,
    /// From which sides it comes, of feedback. 评价来源
    sources: Vec<AppraisalSide>,
    /// What is asked, of feedback. 评价问题
    questions: Vec<AppraisalCriterion>,
}

/// A figure of the metric register with its curve. 指标项
#[derive(SimpleObject)]
pub struct AppraisalMetricItem {
    /// The metric's key. 指标键
    metric: String,
    /// Its weight among the items. 权重
    weight: i32,
    /// From figures to percent: straight between the points, flat beyond them. 得分曲线
    anchors: Vec<AppraisalAnchor>,
}

/// A point of a curve. 曲线点
#[derive(SimpleObject)]
pub struct AppraisalAnchor {
    /// The figure. 指标值
    value: Decimal,
    /// What it is worth, in percent. 得分率（%）
    percent: Decimal,
}

/// Something that is judged. 评分标准
#[derive(SimpleObject)]
pub struct AppraisalCriterion {
    /// Its key within the template. 键
    key: String,
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
    /// Its weight among the others. 权重
    weight: i32,
}

/// A side from which feedback comes. 评价来源
#[derive(SimpleObject)]
pub struct AppraisalSide {
    /// Which one. 来源
    source: AppraisalFeedbackSource,
    /// Its weight among the sides. 权重
    weight: i32,
    /// Of fewer answers nothing is told and nothing counts. 最少评价数
    least: i32,
}

/// A critical bad behaviour. 关键行为
#[derive(SimpleObject)]
pub struct AppraisalBehaviour {
    /// Its key within the template. 键
    key: String,
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
    /// How many points each time costs. 每次扣分
    points: Decimal,
    /// How many points it costs at most. 扣分上限
    most: Decimal,
}

fn all<T, V: From<T>>(items: Vec<T>) -> Vec<V> {
    items.into_iter().map(Into::into).collect()
}

fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl From<Content> for AppraisalContent {
    fn from(content: Content) -> Self {
        Self {
            full: content.full,
            cap: Decimal(content.cap),
            rounding: AppraisalRounding {
                decimals: whole(content.rounding.decimals),
                mode: content.rounding.mode.into(),
            },
            bands: all(content.bands),
            sections: all(content.sections),
            behaviours: all(content.behaviours),
        }
    }
}

impl From<Band> for AppraisalBand {
    fn from(band: Band) -> Self {
        Self {
            key: band.key,
            name: band.name,
            name_zh: band.name_zh,
            from: Decimal(band.from),
            most_percent: band.most_percent,
        }
    }
}

impl From<Section> for AppraisalSection {
    fn from(section: Section) -> Self {
        Self {
            key: section.key,
            name: section.name,
            name_zh: section.name_zh,
            weight: section.weight,
            missing: section.missing.into(),
            measure: section.measure.into(),
        }
    }
}

impl From<Measure> for AppraisalMeasure {
    fn from(measure: Measure) -> Self {
        let mut shown = Self {
            kind: AppraisalMeasureKind::from(&measure),
            metrics: Vec::new(),
            criteria: Vec::new(),
            sources: Vec::new(),
            questions: Vec::new(),
        };
        match measure {
            Measure::Metrics { items } => shown.metrics = all(items),
            Measure::Criteria { items } => shown.criteria = all(items),
            Measure::Feedback { sources, questions } => {
                shown.sources = all(sources);
                shown.questions = all(questions);
            }
            Measure::Plan | Measure::Competencies => {}
        }
        shown
    }
}

impl From<MetricItem> for AppraisalMetricItem {
    fn from(item: MetricItem) -> Self {
        Self {
            metric: item.metric,
            weight: item.weight,
            anchors: all(item.anchors),
        }
    }
}

impl From<Anchor> for AppraisalAnchor {
    fn from(anchor: Anchor) -> Self {
        Self {
            value: Decimal(anchor.value),
            percent: Decimal(anchor.percent),
        }
    }
}

impl From<Criterion> for AppraisalCriterion {
    fn from(criterion: Criterion) -> Self {
        Self {
            key: criterion.key,
            name: criterion.name,
            name_zh: criterion.name_zh,
            weight: criterion.weight,
        }
    }
}

impl From<Side> for AppraisalSide {
    fn from(side: Side) -> Self {
        Self {
            source: side.source.into(),
            weight: side.weight,
            least: whole(side.least),
        }
    }
}

impl From<Behaviour> for AppraisalBehaviour {
    fn from(one: Behaviour) -> Self {
        Self {
            key: one.key,
            name: one.name,
            name_zh: one.name_zh,
            points: Decimal(one.points),
            most: Decimal(one.most),
        }
    }
}
