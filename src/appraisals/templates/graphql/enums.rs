//! The enums of templates as clients see them.

use async_graphql::Enum;

use crate::appraisals::rules::content::{Measure, Missing, Mode};
use crate::appraisals::templates::store;

/// How far a version of a template is. 模板版本状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalVersionState")]
pub enum AppraisalVersionState {
    /// It can still be changed. 草稿
    Draft,
    /// It holds and never changes. 已发布
    Published,
}

/// Whose view of a member it is. 评价来源
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalFeedbackSource")]
pub enum AppraisalFeedbackSource {
    /// Customers, by the surveys of the member's own tickets. 客户
    Customer,
    /// Colleagues. 同事
    Peer,
    /// Superiors. 上级
    Superior,
    /// The member. 本人
    Own,
}

/// Which way a score is rounded. 取整方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Mode")]
pub enum AppraisalRoundingMode {
    /// To the nearest, halves up. 四舍五入
    HalfUp,
    /// To the nearest, halves to the even one. 四舍六入五成双
    HalfEven,
    /// Down. 舍去
    Down,
}

/// What it means when there is nothing to go by. 缺失处理
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Missing")]
pub enum AppraisalMissing {
    /// Its weight is spread over the others. 权重分摊
    Spread,
    /// It counts nothing. 按零分计
    Zero,
    /// There is no result before it is there. 不得结束
    Block,
}

/// What a section is made of. 考核项目类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AppraisalMeasureKind {
    /// Figures of the metric register. 指标
    Metrics,
    /// The work plan of the period. 工作计划
    Plan,
    /// Criteria that the reviewer judges. 评分标准
    Criteria,
    /// Feedback from all sides. 360 度评价
    Feedback,
    /// How the competencies fit the profile of the position. 能力匹配
    Competencies,
}

impl From<&Measure> for AppraisalMeasureKind {
    fn from(measure: &Measure) -> Self {
        match measure {
            Measure::Metrics { .. } => Self::Metrics,
            Measure::Plan => Self::Plan,
            Measure::Criteria { .. } => Self::Criteria,
            Measure::Feedback { .. } => Self::Feedback,
            Measure::Competencies => Self::Competencies,
        }
    }
}

/// How templates are sorted. 模板排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::TemplateOrder")]
pub enum AppraisalTemplateOrder {
    /// By code. 编码升序
    #[default]
    CodeAsc,
    /// By code, from the end. 编码降序
    CodeDesc,
    /// The latest first. 最近创建
    CreatedAtDesc,
}
