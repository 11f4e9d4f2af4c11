//! Rounds and questions.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{staff_survey_question, staff_survey_round};

use super::loaders::MyAnswer;
use crate::enum_filter;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::opinions::store::RoundsQuestions;

/// How far a survey of the staff is. 调查状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::StaffSurveyState")]
pub enum StaffSurveyState {
    /// Its questions are being written. 草稿
    Draft,
    /// It can be answered. 进行中
    Open,
    /// It is over, and its results can be read. 已结束
    Closed,
}

/// How a question to the staff is answered. 题型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::StaffQuestionKind")]
pub enum StaffQuestionKind {
    /// 1 to 5, where 5 is best. 评分
    Rating,
    /// One of several options. 单选
    Choice,
}

enum_filter!(
    StaffSurveyStateFilter,
    StaffSurveyState,
    entity::enums::StaffSurveyState,
    "Compares how far a survey of the staff is. All given comparisons must hold. 调查状态条件"
);

/// One asking of the staff how they are. What somebody answered is kept nowhere, only how often something was. 员工满意度调查
pub struct StaffSurvey(pub staff_survey_round::Model);

/// One asking of the staff how they are. What somebody answered is kept nowhere, only how often something was. 员工满意度调查
#[Object]
impl StaffSurvey {
    /// Its id, `staffsurvey_...`. 标识
    pub async fn id(&self) -> Id<staff_survey_round::Entity> {
        Id::new(self.0.id)
    }

    /// Title in English. 英文标题
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Title in Chinese. 中文标题
    async fn title_zh(&self) -> &str {
        &self.0.title_zh
    }

    /// How far it is. 状态
    async fn state(&self) -> StaffSurveyState {
        self.0.state.into()
    }

    /// The day on which it was opened. 开放日期
    async fn opened_on(&self) -> Option<Date> {
        self.0.opened_on.map(Into::into)
    }

    /// First day on which nobody answers any more. 截止日期（当日起不可填写）
    async fn closes_on(&self) -> Date {
        self.0.closes_on.into()
    }

    /// Answers of fewer people are never shown to anybody; fixed when it opens. 最少显示人数
    async fn minimum(&self) -> Option<i32> {
        self.0.minimum
    }

    /// How many were asked; null for a draft. 受邀人数
    async fn invited(&self) -> Option<i32> {
        self.0.invited
    }

    /// The questions, in order. 题目
    async fn questions(&self, ctx: &Context<'_>) -> Result<Option<Vec<StaffSurveyQuestion>>> {
        let rows = rows_of::<RoundsQuestions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(StaffSurveyQuestion).collect()))
    }

    /// Have you answered it? Null when you weren't asked; nobody can ask this about others. 本人是否已填写
    async fn answered(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let answered = ctx.loads().load_one(MyAnswer(self.0.id)).await;
        answered.map_err(shared).on_field(ctx.call())
    }

    /// The version to name as `expectedVersion` in a change. Answering doesn't raise it. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was written. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A question to the staff. 调查题目
pub struct StaffSurveyQuestion(pub staff_survey_question::Model);

/// A question to the staff. 调查题目
#[Object]
impl StaffSurveyQuestion {
    /// Its id, `staffquestion_...`. 标识
    async fn id(&self) -> Id<staff_survey_question::Entity> {
        Id::new(self.0.id)
    }

    /// Its place, from 1. 序号
    async fn place(&self) -> i32 {
        self.0.place
    }

    /// How it is answered. 题型
    async fn kind(&self) -> StaffQuestionKind {
        self.0.kind.into()
    }

    /// What is asked, in English. 英文题目
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// What is asked, in Chinese. 中文题目
    async fn text_zh(&self) -> &str {
        &self.0.text_zh
    }

    /// What can be chosen, in order; empty for ratings. 选项
    async fn options(&self) -> Vec<StaffSurveyOption> {
        options(&self.0)
    }
}

/// Something that can be chosen. 选项
#[derive(Clone, SimpleObject)]
pub struct StaffSurveyOption {
    /// Its place, from 1: the `choice` to answer with. 序号
    pub choice: i32,
    /// In English. 英文
    pub text: String,
    /// In Chinese. 中文
    pub text_zh: String,
}

/// The options of a question.
#[must_use]
pub fn options(question: &staff_survey_question::Model) -> Vec<StaffSurveyOption> {
    let pairs = question.options.as_array().into_iter().flatten();
    let text =
        |pair: &serde_json::Value, at: usize| pair[at].as_str().unwrap_or_default().to_owned();
    (1..)
        .zip(pairs)
        .map(|(choice, pair)| StaffSurveyOption {
            choice,
            text: text(pair, 0),
            text_zh: text(pair, 1),
        })
        .collect()
}
