//! Filters and orderings as clients write them.

use async_graphql::{Enum, InputObject};
use entity::{exam, member};

use super::enums::{
    ExamAppealStateFilter, ExamAttemptStateFilter, ExamQuestionKindFilter, ExamQuestionStateFilter,
    ExamStateFilter,
};
use crate::error::Result;
use crate::graphql::filters::{DateTimeFilter, IdFilter, IntFilter, StringFilter};
use crate::training::exams::store;

/// Which questions. Everything given must hold. 题目筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ExamQuestionFilter {
    /// The topic. 知识点
    topic: Option<StringFilter>,
    /// How they are answered. 题型
    kind: Option<ExamQuestionKindFilter>,
    /// What has become of them. 状态
    state: Option<ExamQuestionStateFilter>,
    /// How hard the current version is. 难度
    difficulty: Option<IntFilter>,
}

impl From<ExamQuestionFilter> for store::QuestionFilter {
    fn from(filter: ExamQuestionFilter) -> Self {
        Self {
            topic: filter.topic.map(Into::into),
            kind: filter.kind.map(Into::into),
            state: filter.state.map(Into::into),
            difficulty: filter.difficulty.map(Into::into),
        }
    }
}

/// In which order questions are listed. 题目排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::QuestionOrder")]
pub enum ExamQuestionOrder {
    /// By topic. 按知识点
    #[default]
    TopicAsc,
    /// By topic, backwards. 按知识点倒序
    TopicDesc,
    /// The oldest first. 最早创建
    CreatedAtAsc,
    /// The newest first. 最新创建
    CreatedAtDesc,
}

/// Which exams. Everything given must hold. 考试筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ExamFilter {
    /// The code. 编码
    code: Option<StringFilter>,
    /// What has become of them. 状态
    state: Option<ExamStateFilter>,
    /// From when they can be sat. 开放时间
    opens_at: Option<DateTimeFilter>,
    /// Until when. 截止时间
    closes_at: Option<DateTimeFilter>,
}

impl From<ExamFilter> for store::ExamFilter {
    fn from(filter: ExamFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            state: filter.state.map(Into::into),
            opens_at: filter.opens_at.map(Into::into),
            closes_at: filter.closes_at.map(Into::into),
        }
    }
}

/// In which order exams are listed. 考试排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ExamOrder")]
pub enum ExamOrder {
    /// What opens first. 最早开放
    OpensAtAsc,
    /// What opens last. 最晚开放
    #[default]
    OpensAtDesc,
    /// By code. 按编码
    CodeAsc,
    /// By code, backwards. 按编码倒序
    CodeDesc,
}

/// Which attempts. Everything given must hold. 作答筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ExamAttemptFilter {
    /// At which exam. 考试
    exam_id: Option<IdFilter>,
    /// Whose. 应考人
    member_id: Option<IdFilter>,
    /// How far they are. 状态
    state: Option<ExamAttemptStateFilter>,
    /// When they began. 开始时间
    started_at: Option<DateTimeFilter>,
    /// Of which it is published that they passed, or that they didn't; what isn't published is neither. 是否合格
    passed: Option<bool>,
}

impl ExamAttemptFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::AttemptFilter> {
        Ok(store::AttemptFilter {
            exam_id: self
                .exam_id
                .map(|ids| ids.of::<exam::Entity>("filter.examId"))
                .transpose()?,
            member_id: self
                .member_id
                .map(|ids| ids.of::<member::Entity>("filter.memberId"))
                .transpose()?,
            state: self.state.map(Into::into),
            started_at: self.started_at.map(Into::into),
            passed: self.passed,
        })
    }
}

/// In which order attempts are listed; never by points, which aren't everybody's to know. 作答排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::AttemptOrder")]
pub enum ExamAttemptOrder {
    /// What began first. 最早开始
    StartedAtAsc,
    /// What began last. 最晚开始
    #[default]
    StartedAtDesc,
}

/// Which appeals. Everything given must hold. 申诉筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ExamAppealFilter {
    /// What has become of them. 状态
    state: Option<ExamAppealStateFilter>,
    /// At which exam. 考试
    exam_id: Option<IdFilter>,
}

impl ExamAppealFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::AppealFilter> {
        Ok(store::AppealFilter {
            state: self.state.map(Into::into),
            exam_id: self
                .exam_id
                .map(|ids| ids.of::<exam::Entity>("filter.examId"))
                .transpose()?,
        })
    }
}

/// In which order appeals are listed. 申诉排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::AppealOrder")]
pub enum ExamAppealOrder {
    /// The oldest first. 最早提交
    #[default]
    CreatedAtAsc,
    /// The newest first. 最新提交
    CreatedAtDesc,
}
