//! The enums of cycles as clients see them.

use async_graphql::Enum;

use crate::appraisals::cycles::store;
use crate::appraisals::rules::population::Movers;
use crate::enum_filter;

/// How often appraisals of a kind come. 考核周期类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalRhythm")]
pub enum AppraisalRhythm {
    /// Each month. 月度
    Monthly,
    /// Each quarter. 季度
    Quarterly,
    /// Each year. 年度
    Yearly,
}

/// How far a cycle is. 考核阶段
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalStage")]
pub enum AppraisalStage {
    /// It is being prepared. 草稿
    Draft,
    /// Members say how they see themselves. 自评
    SelfAssessment,
    /// Managers judge. 上级评价
    Review,
    /// Figures are frozen and results computed. 结算中
    Counting,
    /// Managers look at the results together. 校准
    Calibration,
    /// Results are out: they are acknowledged, or appealed against. 已公布
    Published,
    /// It is over. 已结束
    Closed,
    /// It was called off. 已取消
    Cancelled,
}

/// Why a member has no appraisal in a cycle. 不参与考核的原因
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AppraisalExclusion")]
pub enum AppraisalExclusion {
    /// There is no template for the family of the position. 无适用模板
    NoTemplate,
    /// At work for too few days, having joined late. 入职过晚
    JoinedLate,
    /// Left before the end of the period. 已离职
    Left,
    /// At work for too few days, having been on leave. 休假过长
    OnLeave,
    /// In none of the departments that the cycle is about. 不在范围内
    OutOfScope,
}

/// Where somebody belongs who moved within the period. 调岗处理
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Movers")]
pub enum AppraisalMovers {
    /// Where they were at the end. 按期末所在岗位
    AtTheEnd,
    /// Where they were for most of the days at work. 按在岗天数最多的岗位
    MostDays,
}

/// How cycles are sorted. 考核周期排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::CycleOrder")]
pub enum AppraisalCycleOrder {
    /// Those about the latest days first. 周期最近
    #[default]
    FromDayDesc,
    /// Those about the earliest days first. 周期最早
    FromDayAsc,
    /// By code. 编码升序
    CodeAsc,
}

enum_filter!(
    AppraisalStageFilter,
    AppraisalStage,
    entity::enums::AppraisalStage,
    "Compares the stage of a cycle. 考核阶段条件"
);
enum_filter!(
    AppraisalRhythmFilter,
    AppraisalRhythm,
    entity::enums::AppraisalRhythm,
    "Compares how often a cycle comes. 考核周期类型条件"
);
