//! The enums and filters of needs as clients see them.

use async_graphql::{Enum, InputObject};
use entity::training_course;

use crate::enum_filter;
use crate::error::Result;
use crate::graphql::filters::IdFilter;
use crate::training::needs::rules::effect::Effect;
use crate::training::needs::store;

/// In which respect training is needed. 培训需求类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingNeedKind")]
pub enum TrainingNeedKind {
    /// Answers to exam questions of a topic: what was reached, of a hundred. 考试薄弱知识点
    ExamTopic,
    /// Customers' ratings: their mean. 客户评分偏低
    LowRating,
    /// Tickets that come back: how many of a hundred. 工单重开偏多
    Reopened,
    /// Results of appraisals that are out: their mean in points of a hundred. 考核得分偏低
    Appraisal,
    /// A certificate runs out or is over: how many days are left. 证书到期
    Certificate,
    /// Hours that are behind the target: how many minutes are missing. 学时落后
    Hours,
}

/// What has become of a proposal. 培训建议状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingProposalState")]
pub enum TrainingProposalState {
    /// Waits for an answer. 待处理
    Proposed,
    /// A session came of it. 已采纳
    Accepted,
    /// It wasn't taken up. 未采纳
    Declined,
}

/// Whether an effect can be told. 评估结论
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TrainingEffectVerdict {
    /// The time after the session isn't over yet, or it wasn't held. 时间未到
    TooEarly,
    /// Too few people on either side have figures of cases enough: it can't be said. 人数不足，无法判断
    TooFew,
    /// It can be said. 已评估
    Measured,
}

impl From<Effect> for TrainingEffectVerdict {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::TooEarly => Self::TooEarly,
            Effect::TooFew { .. } => Self::TooFew,
            Effect::Measured { .. } => Self::Measured,
        }
    }
}

/// How proposals are sorted. 培训建议排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ProposalOrder")]
pub enum TrainingProposalOrder {
    /// The most urgent first. 最紧急
    #[default]
    PriorityAsc,
    /// The newest first. 最新创建
    CreatedAtDesc,
}

enum_filter!(
    TrainingProposalStateFilter,
    TrainingProposalState,
    entity::enums::TrainingProposalState,
    "Compares the state of a proposal. 培训建议状态条件"
);

/// Which proposals. Everything given must hold. 培训建议筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TrainingProposalFilter {
    /// What has become of them. 状态
    state: Option<TrainingProposalStateFilter>,
    /// Of which course. 课程
    course_id: Option<IdFilter>,
}

impl TrainingProposalFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::ProposalFilter> {
        Ok(store::ProposalFilter {
            state: self.state.map(Into::into),
            course_id: self
                .course_id
                .map(|ids| ids.of::<training_course::Entity>("filter.courseId"))
                .transpose()?,
        })
    }
}
