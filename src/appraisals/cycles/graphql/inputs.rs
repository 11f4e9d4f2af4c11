//! What is told of cycles.

use async_graphql::InputObject;
use entity::{appraisal, appraisal_cycle, appraisal_template_version, department, member};

use super::enums::{AppraisalMovers, AppraisalRhythm, AppraisalRhythmFilter, AppraisalStageFilter};
use crate::appraisals::actions::common::Step;
use crate::appraisals::cycles::actions::{
    Content, CycleReschedule, CycleRevise, Recount, ReviewerSet,
};
use crate::appraisals::cycles::rules::Calendar;
use crate::appraisals::cycles::store;
use crate::appraisals::rules::population::Rule;
use crate::graphql::filters::StringFilter;
use crate::graphql::{Date, Id};
use crate::training::graphql::TrainingDayFilter;

/// Which cycles. Everything given must hold. 考核周期筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct AppraisalCycleFilter {
    /// The code. 编码
    code: Option<StringFilter>,
    /// How often such a round comes. 周期类型
    rhythm: Option<AppraisalRhythmFilter>,
    /// How far it is. 阶段
    stage: Option<AppraisalStageFilter>,
    /// The first day that it is about. 起始日
    from_day: Option<TrainingDayFilter>,
}

impl From<AppraisalCycleFilter> for store::CycleFilter {
    fn from(filter: AppraisalCycleFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            rhythm: filter.rhythm.map(Into::into),
            stage: filter.stage.map(Into::into),
            from_day: filter.from_day.map(Into::into),
        }
    }
}

/// Until when what is done; each day comes on the one before or later. 考核日程
#[derive(Clone, InputObject)]
pub struct AppraisalCalendarInput {
    /// The last day for self-assessments. 自评截止日
    self_until: Date,
    /// The last day for reviews and feedback. 评价截止日
    review_until: Date,
    /// The day on which results are due, after the period. 公布日
    publish_on: Date,
    /// The last day for taking note. 确认截止日
    acknowledge_until: Date,
    /// The last day for appeals. 申诉截止日
    appeal_until: Date,
}

impl From<AppraisalCalendarInput> for Calendar {
    fn from(input: AppraisalCalendarInput) -> Self {
        Self {
            self_until: input.self_until.0,
            review_until: input.review_until.0,
            publish_on: input.publish_on.0,
            acknowledge_until: input.acknowledge_until.0,
            appeal_until: input.appeal_until.0,
        }
    }
}

/// Who takes part. 参评范围
#[derive(Clone, InputObject)]
pub struct AppraisalPopulationInput {
    /// Only members of these departments, at most 100; of all when none is named. 部门
    #[graphql(default)]
    department_ids: Vec<Id<department::Entity>>,
    /// Whoever was at work on fewer days of the period has no appraisal. 最少在岗天数
    least_days: i32,
    /// Are those appraised who left before the end? 离职人员是否参评
    #[graphql(default = false)]
    leavers: bool,
    /// Where somebody belongs who moved within the period. 调岗处理
    #[graphql(default_with = "AppraisalMovers::AtTheEnd")]
    movers: AppraisalMovers,
}

impl From<AppraisalPopulationInput> for Rule {
    fn from(input: AppraisalPopulationInput) -> Self {
        Self {
            departments: input.department_ids.into_iter().map(|id| id.uuid).collect(),
            // A negative number is as wrong as one that is too large.
            least_days: u32::try_from(input.least_days).unwrap_or(u32::MAX),
            leavers: input.leavers,
            movers: input.movers.into(),
        }
    }
}

/// What a cycle is. 考核周期内容
#[derive(Clone, InputObject)]
pub struct AppraisalCycleContentInput {
    /// Short code, unique, such as `2026-03`; it stays. 编码
    code: String,
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// How often such a round comes: its period has 31, 92 or 366 days at most. 周期类型
    rhythm: AppraisalRhythm,
    /// The first day that it is about. 起始日
    from_day: Date,
    /// The first day after it. 截止日（不含）
    until_day: Date,
    /// Until when what is done. 日程
    calendar: AppraisalCalendarInput,
    /// Who takes part. 参评范围
    population: AppraisalPopulationInput,
    /// By which published versions of templates, one a family. 模板版本
    version_ids: Vec<Id<appraisal_template_version::Entity>>,
}

impl AppraisalCycleContentInput {
    fn plain(self) -> Content {
        Content {
            code: self.code,
            name: self.name,
            name_zh: self.name_zh,
            rhythm: self.rhythm.into(),
            from_day: self.from_day.0,
            until_day: self.until_day.0,
            calendar: self.calendar.into(),
            population: self.population.into(),
            versions: self.version_ids.into_iter().map(|id| id.uuid).collect(),
        }
    }
}

/// A cycle to prepare. 新建考核周期
#[derive(Clone, InputObject)]
pub struct AppraisalCycleCreateInput {
    /// What it is. 内容
    cycle: AppraisalCycleContentInput,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalCycleCreateInput {
    /// The plain order.
    pub fn plain(self) -> Content {
        self.cycle.plain()
    }
}

/// The draft of a cycle as it is to be: all of it. 修改考核周期草稿
#[derive(Clone, InputObject)]
pub struct AppraisalCycleReviseInput {
    /// The cycle. 考核周期
    id: Id<appraisal_cycle::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is to be. 内容
    cycle: AppraisalCycleContentInput,
}

impl AppraisalCycleReviseInput {
    /// The plain order.
    pub fn plain(self) -> CycleRevise {
        CycleRevise {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            content: self.cycle.plain(),
        }
    }
}

/// Other days for a cycle that goes on. 调整考核日程
#[derive(Clone, InputObject)]
pub struct AppraisalCycleRescheduleInput {
    /// The cycle. 考核周期
    id: Id<appraisal_cycle::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Until when what is done from now on. 日程
    calendar: AppraisalCalendarInput,
    /// Why, 1 to 4000 characters. 原因
    reason: String,
}

impl AppraisalCycleRescheduleInput {
    /// The plain order.
    pub fn plain(self) -> CycleReschedule {
        CycleReschedule {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            calendar: self.calendar.into(),
            reason: self.reason,
        }
    }
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// Which one. 考核周期
                id: Id<appraisal_cycle::Entity>,
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
    /// Which draft is opened. 启动考核
    AppraisalCycleOpenInput;
    /// Of which cycle reviews begin. 进入评价阶段
    AppraisalCycleReviewInput;
    /// Of which cycle results are computed. 结算
    AppraisalCycleCountInput;
    /// Of which cycle results are published. 公布结果
    AppraisalCyclePublishInput;
    /// Which cycle is over. 结束考核
    AppraisalCycleCloseInput;
}

macro_rules! with_reason {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// Which one. 标识
                id: Id<appraisal_cycle::Entity>,
                /// Its version as you saw it. 期望版本
                expected_version: i32,
                /// Why, 1 to 4000 characters. 原因
                pub reason: String,
            }

            impl $name {
                /// The step.
                pub fn step(&self) -> Step {
                    Step { id: self.id.uuid, expected_version: self.expected_version }
                }
            }
        )*
    };
}

with_reason! {
    /// Which cycle goes back to calibration, and why. 重开考核
    AppraisalCycleReopenInput;
    /// Which cycle is called off, and why. 取消考核
    AppraisalCycleCancelInput;
}

/// Which appraisal is computed anew, and what was put right. 重新计算结果
#[derive(Clone, InputObject)]
pub struct AppraisalRecountInput {
    /// Which one. 标识
    id: Id<appraisal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What was put right, 1 to 4000 characters. 更正说明
    reason: String,
    /// Are its figures frozen anew as they stand now, for this appraisal alone? Only after a dispute about a record behind them was
    /// upheld and the record put right. 是否重新冻结指标
    #[graphql(default)]
    figures_anew: bool,
}

impl AppraisalRecountInput {
    /// The plain order.
    pub fn plain(self) -> Recount {
        Recount {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            reason: self.reason,
            figures_anew: self.figures_anew,
        }
    }
}

/// Another reviewer. 更换评价人
#[derive(Clone, InputObject)]
pub struct AppraisalReviewerSetInput {
    /// The appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Who judges from now on; never the member. 评价人
    reviewer_id: Id<member::Entity>,
}

impl AppraisalReviewerSetInput {
    /// The plain order.
    pub fn plain(&self) -> ReviewerSet {
        ReviewerSet {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            reviewer_id: self.reviewer_id.uuid,
        }
    }
}
