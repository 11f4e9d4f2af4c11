//! The enums of exams as clients see them.

use async_graphql::Enum;

use crate::enum_filter;

/// How a question is answered. 题型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::QuestionKind", name = "ExamQuestionKind")]
pub enum QuestionKind {
    /// One option. 单选题
    Single,
    /// Any number of options. 多选题
    Multiple,
    /// True or false. 判断题
    TrueFalse,
    /// A number, give or take. 数值题
    Number,
    /// Words: marked by key words or by people. 简答题
    Text,
    /// Shown in practice and assessed by criteria. 实操题
    Practical,
}

/// What has become of a question. 题目状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::QuestionState", name = "ExamQuestionState")]
pub enum QuestionState {
    /// Being written. 草稿
    Draft,
    /// In use: papers are drawn from it. 启用
    Active,
    /// No longer drawn. 停用
    Retired,
}

/// What has become of an exam. 考试状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ExamState")]
pub enum ExamState {
    /// Being prepared. 草稿
    Draft,
    /// On: it can be sat within its window. 进行中
    Active,
    /// Over: nobody sits it any more. 已结束
    Closed,
}

/// What a partly right multiple choice gets. 多选题计分方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ExamPartialCredit")]
pub enum ExamPartialCredit {
    /// All or nothing. 全对得分
    None,
    /// Its share: right ones chosen less wrong ones. 按比例得分
    Proportional,
}

/// When results are published. 成绩发布方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ExamPublication")]
pub enum ExamPublication {
    /// As soon as everything is marked. 阅卷完成后
    Graded,
    /// When the exam is closed as well. 考试结束后
    Closed,
    /// When somebody does it. 手动发布
    Manual,
}

/// How far an attempt is. 作答状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ExamAttemptState")]
pub enum ExamAttemptState {
    /// Being sat. 作答中
    InProgress,
    /// Handed in, waiting for marks. 待阅卷
    HandedIn,
    /// Everything is marked. 已评分
    Graded,
}

/// How an attempt was handed in. 交卷方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ExamHandIn")]
pub enum ExamHandIn {
    /// By the member. 主动交卷
    Member,
    /// By the server, as the time was over. 到时自动交卷
    Deadline,
    /// By the server, as the exam was closed. 考试结束收卷
    Closing,
}

/// How a mark came about. 评分方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ExamMarkKind")]
pub enum ExamMarkKind {
    /// By rule. 自动评分
    Rule,
    /// By an assessor. 人工评阅
    Assessor,
    /// A new mark, with a reason. 复核改分
    Regrade,
}

/// What has become of an appeal. 申诉状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ExamAppealState")]
pub enum ExamAppealState {
    /// It waits for an answer. 待处理
    Open,
    /// Marks were given anew. 已改分
    Upheld,
    /// The marks stay. 维持原分
    Rejected,
}

enum_filter!(
    ExamQuestionKindFilter,
    QuestionKind,
    entity::enums::QuestionKind,
    "Compares how a question is answered. 题型条件"
);

enum_filter!(
    ExamQuestionStateFilter,
    QuestionState,
    entity::enums::QuestionState,
    "Compares the state of a question. 题目状态条件"
);

enum_filter!(
    ExamStateFilter,
    ExamState,
    entity::enums::ExamState,
    "Compares the state of an exam. 考试状态条件"
);

enum_filter!(
    ExamAttemptStateFilter,
    ExamAttemptState,
    entity::enums::ExamAttemptState,
    "Compares how far an attempt is. 作答状态条件"
);

enum_filter!(
    ExamAppealStateFilter,
    ExamAppealState,
    entity::enums::ExamAppealState,
    "Compares the state of an appeal. 申诉状态条件"
);
