//! What is told of templates.

use async_graphql::{InputObject, OneofObject};
use entity::{appraisal_template, appraisal_template_version};

use super::enums::{AppraisalFeedbackSource, AppraisalMissing, AppraisalRoundingMode};
use crate::appraisals::actions::common::Step;
use crate::appraisals::rules::content::{
    Anchor, Band, Behaviour, Content, Criterion, Measure, MetricItem, Rounding, Section, Side,
};
use crate::appraisals::templates::actions::{TemplateCreate, TemplateDraft, VersionRevise};
use crate::appraisals::templates::store;
use crate::graphql::filters::StringFilter;
use crate::graphql::{Decimal, Id};
use crate::organisation::graphql::{JobFamily, JobFamilyFilter};

/// Which templates. Everything given must hold. 模板筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct AppraisalTemplateFilter {
    /// The code. 编码
    code: Option<StringFilter>,
    /// For positions of which family. 岗位族
    family: Option<JobFamilyFilter>,
    /// Retired, or in use. 是否停用
    retired: Option<bool>,
}

impl From<AppraisalTemplateFilter> for store::TemplateFilter {
    fn from(filter: AppraisalTemplateFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            family: filter.family.map(Into::into),
            retired: filter.retired,
        }
    }
}

/// How a score is rounded. 取整
#[derive(Clone, InputObject)]
pub struct AppraisalRoundingInput {
    /// To how many decimals, 0 to 2. 小数位数
    decimals: i32,
    /// Which way. 方式
    mode: AppraisalRoundingMode,
}

/// A range of scores with a name. 等级
#[derive(Clone, InputObject)]
pub struct AppraisalBandInput {
    /// Its key within the template: 1 to 50 small letters, digits and `_`. 键
    key: String,
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// From which score on. 起始分
    from: Decimal,
    /// At most so many of a hundred appraisals, 1 to 100; any number when absent. 人数占比上限（%）
    most_percent: Option<i32>,
}

/// A point of a curve. 曲线点
#[derive(Clone, InputObject)]
pub struct AppraisalAnchorInput {
    /// The figure. 指标值
    value: Decimal,
    /// What it is worth, 0 to 100 percent. 得分率（%）
    percent: Decimal,
}

/// A figure of the metric register with its curve. 指标项
#[derive(Clone, InputObject)]
pub struct AppraisalMetricItemInput {
    /// The key of a metric in use that is about members. 指标键
    metric: String,
    /// Its weight among the items, 1 to 100. 权重
    weight: i32,
    /// 2 to 10 points with ascending figures, that only rise or only fall. 得分曲线
    anchors: Vec<AppraisalAnchorInput>,
}

/// Something that is judged. 评分标准
#[derive(Clone, InputObject)]
pub struct AppraisalCriterionInput {
    /// Its key within the template: 1 to 50 small letters, digits and `_`. 键
    key: String,
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// Its weight among the others, 1 to 100. 权重
    weight: i32,
}

/// A side from which feedback comes. 评价来源
#[derive(Clone, InputObject)]
pub struct AppraisalSideInput {
    /// Which one. 来源
    source: AppraisalFeedbackSource,
    /// Its weight among the sides, 1 to 100. 权重
    weight: i32,
    /// Of fewer answers nothing is told and nothing counts; 3 at least of customers and colleagues. 最少评价数
    least: i32,
}

/// Feedback from all sides. 360 度评价
#[derive(Clone, InputObject)]
pub struct AppraisalFeedbackMeasureInput {
    /// From which sides, with which weights. 评价来源
    sources: Vec<AppraisalSideInput>,
    /// What is asked, 1 to 20 questions. 评价问题
    questions: Vec<AppraisalCriterionInput>,
}

/// What a section is made of. 考核项目构成
#[derive(Clone, OneofObject)]
pub enum AppraisalMeasureInput {
    /// Figures of the metric register, 1 to 20. 指标
    Metrics(Vec<AppraisalMetricItemInput>),
    /// The work plan of the period: write `true`. 工作计划
    Plan(bool),
    /// Criteria that the reviewer judges, 1 to 20. 评分标准
    Criteria(Vec<AppraisalCriterionInput>),
    /// Feedback from all sides. 360 度评价
    Feedback(AppraisalFeedbackMeasureInput),
    /// How the competencies fit the profile of the position: write `true`. 能力匹配
    Competencies(bool),
}

/// A part of an appraisal. 考核项目
#[derive(Clone, InputObject)]
pub struct AppraisalSectionInput {
    /// Its key within the template: 1 to 50 small letters, digits and `_`. 键
    key: String,
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// Its weight, 1 to 100 percent. 权重（%）
    weight: i32,
    /// What it means when there is nothing to go by. 缺失处理
    missing: AppraisalMissing,
    /// What it is made of. 构成
    measure: AppraisalMeasureInput,
}

/// A critical bad behaviour. 关键行为
#[derive(Clone, InputObject)]
pub struct AppraisalBehaviourInput {
    /// Its key within the template: 1 to 50 small letters, digits and `_`. 键
    key: String,
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// How many points each time costs. 每次扣分
    points: Decimal,
    /// How many points it costs at most. 扣分上限
    most: Decimal,
}

/// Everything that a version of a template says. 模板内容
#[derive(Clone, InputObject)]
pub struct AppraisalContentInput {
    /// Full marks, 10 to 1000 points. 满分
    full: i32,
    /// The highest score that anybody gets, at most full marks. 得分上限
    cap: Decimal,
    /// How the score is rounded, once, at the end. 取整
    rounding: AppraisalRoundingInput,
    /// 1 to 10 bands from the best one down; the last one begins at 0. 等级
    bands: Vec<AppraisalBandInput>,
    /// 1 to 12 sections; the weights add up to 100. 考核项目
    sections: Vec<AppraisalSectionInput>,
    /// What costs points, at most 20. 关键行为扣分
    #[graphql(default)]
    behaviours: Vec<AppraisalBehaviourInput>,
}

fn all<I, T: From<I>>(items: Vec<I>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

impl From<AppraisalContentInput> for Content {
    fn from(input: AppraisalContentInput) -> Self {
        Self {
            full: input.full,
            cap: input.cap.0,
            rounding: Rounding {
                // A negative number is as wrong as one that is too large.
                decimals: u32::try_from(input.rounding.decimals).unwrap_or(u32::MAX),
                mode: input.rounding.mode.into(),
            },
            bands: all(input.bands),
            sections: all(input.sections),
            behaviours: all(input.behaviours),
        }
    }
}

impl From<AppraisalBandInput> for Band {
    fn from(input: AppraisalBandInput) -> Self {
        Self {
            key: input.key,
            name: input.name,
            name_zh: input.name_zh,
            from: input.from.0,
            most_percent: input.most_percent,
        }
    }
}

impl From<AppraisalSectionInput> for Section {
    fn from(input: AppraisalSectionInput) -> Self {
        Self {
            key: input.key,
            name: input.name,
            name_zh: input.name_zh,
            weight: input.weight,
            missing: input.missing.into(),
            measure: input.measure.into(),
        }
    }
}

impl From<AppraisalMeasureInput> for Measure {
    fn from(input: AppraisalMeasureInput) -> Self {
        match input {
            AppraisalMeasureInput::Metrics(items) => Self::Metrics { items: all(items) },
            AppraisalMeasureInput::Plan(_) => Self::Plan,
            AppraisalMeasureInput::Criteria(items) => Self::Criteria { items: all(items) },
            AppraisalMeasureInput::Feedback(feedback) => Self::Feedback {
                sources: all(feedback.sources),
                questions: all(feedback.questions),
            },
            AppraisalMeasureInput::Competencies(_) => Self::Competencies,
        }
    }
}

impl From<AppraisalMetricItemInput> for MetricItem {
    fn from(input: AppraisalMetricItemInput) -> Self {
        Self {
            metric: input.metric,
            weight: input.weight,
            anchors: all(input.anchors),
        }
    }
}

impl From<AppraisalAnchorInput> for Anchor {
    fn from(input: AppraisalAnchorInput) -> Self {
        Self {
            value: input.value.0,
            percent: input.percent.0,
        }
    }
}

impl From<AppraisalCriterionInput> for Criterion {
    fn from(input: AppraisalCriterionInput) -> Self {
        Self {
            key: input.key,
            name: input.name,
            name_zh: input.name_zh,
            weight: input.weight,
        }
    }
}

impl From<AppraisalSideInput> for Side {
    fn from(input: AppraisalSideInput) -> Self {
        Self {
            source: input.source.into(),
            weight: input.weight,
            least: u32::try_from(input.least).unwrap_or(0),
        }
    }
}

impl From<AppraisalBehaviourInput> for Behaviour {
    fn from(input: AppraisalBehaviourInput) -> Self {
        Self {
            key: input.key,
            name: input.name,
            name_zh: input.name_zh,
            points: input.points.0,
            most: input.most.0,
        }
    }
}

/// A template to make, with its first draft. 新建考核模板
#[derive(Clone, InputObject)]
pub struct AppraisalTemplateCreateInput {
    /// Short code, unique; it stays. 编码
    code: String,
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// For positions of which family; it stays. 岗位族
    family: JobFamily,
    /// What the draft says. 内容
    content: AppraisalContentInput,
    /// What is to be said about it, at most 2000 characters. 说明
    note: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalTemplateCreateInput {
    /// The plain order.
    pub fn plain(self) -> TemplateCreate {
        TemplateCreate {
            code: self.code,
            name: self.name,
            name_zh: self.name_zh,
            family: self.family.into(),
            content: self.content.into(),
            note: self.note,
        }
    }
}

/// The next version of a template. 起草新版本
#[derive(Clone, InputObject)]
pub struct AppraisalTemplateDraftInput {
    /// The template; it has no draft. 模板
    id: Id<appraisal_template::Entity>,
    /// What the draft says. 内容
    content: AppraisalContentInput,
    /// What is new, at most 2000 characters. 说明
    note: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalTemplateDraftInput {
    /// The plain order.
    pub fn plain(self) -> TemplateDraft {
        TemplateDraft {
            id: self.id.uuid,
            content: self.content.into(),
            note: self.note,
        }
    }
}

/// A draft as it is to be: all of it. 修订草稿
#[derive(Clone, InputObject)]
pub struct AppraisalTemplateVersionReviseInput {
    /// The version. 模板版本
    id: Id<appraisal_template_version::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it says. 内容
    content: AppraisalContentInput,
    /// What is new, at most 2000 characters. 说明
    note: Option<String>,
}

impl AppraisalTemplateVersionReviseInput {
    /// The plain order.
    pub fn plain(self) -> VersionRevise {
        VersionRevise {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            content: self.content.into(),
            note: self.note,
        }
    }
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident of $table:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// Which one. 标识
                id: Id<$table::Entity>,
                /// Its version as you saw it. 期望版本
                expected_version: i32,
            }

            impl From<$name> for Step {
                fn from(input: $name) -> Self {
                    Self { id: input.id.uuid, expected_version: input.expected_version }
                }
            }
        )*
    };
}

steps! {
    /// Which draft is published. 发布模板版本
    AppraisalTemplateVersionPublishInput of appraisal_template_version;
    /// Which template isn't used any more. 停用考核模板
    AppraisalTemplateRetireInput of appraisal_template;
}
