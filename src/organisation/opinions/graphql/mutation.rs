//! Writing, opening, answering and closing.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{staff_survey_question, staff_survey_round};

use super::types::{StaffQuestionKind, StaffSurvey};
use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::graphql::show;
use crate::organisation::opinions::actions::{self, Asked, Chosen, Written};

/// Something that can be chosen. 选项
#[derive(InputObject)]
pub struct StaffSurveyOptionInput {
    /// In English, 1 to 200 characters. 英文
    text: String,
    /// In Chinese, 1 to 200 characters. 中文
    text_zh: String,
}

/// A question to the staff. 调查题目
#[derive(InputObject)]
pub struct StaffSurveyQuestionInput {
    /// How it is answered. 题型
    kind: StaffQuestionKind,
    /// What is asked, in English, 1 to 500 characters. 英文题目
    text: String,
    /// What is asked, in Chinese, 1 to 500 characters. 中文题目
    text_zh: String,
    /// What can be chosen: 2 to 10 for a choice, none for a rating. 选项
    options: Option<Vec<StaffSurveyOptionInput>>,
}

impl From<StaffSurveyQuestionInput> for Asked {
    fn from(input: StaffSurveyQuestionInput) -> Self {
        let options = input.options.unwrap_or_default();
        Self {
            kind: input.kind.into(),
            text: input.text,
            text_zh: input.text_zh,
            options: options
                .into_iter()
                .map(|option| (option.text, option.text_zh))
                .collect(),
        }
    }
}

/// A survey of the staff to write. 编写员工调查
#[derive(InputObject)]
pub struct StaffSurveyCreateInput {
    /// Title in English, 1 to 200 characters. 英文标题
    title: String,
    /// Title in Chinese, 1 to 200 characters. 中文标题
    title_zh: String,
    /// First day on which nobody answers any more; tomorrow or later. 截止日期
    closes_on: Date,
    /// The questions, 1 to 40, in order. 题目
    questions: Vec<StaffSurveyQuestionInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// The draft of a survey of the staff, written anew. 修改员工调查
#[derive(InputObject)]
pub struct StaffSurveyUpdateInput {
    /// Which one; a draft. 调查
    id: Id<staff_survey_round::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Title in English, 1 to 200 characters. 英文标题
    title: String,
    /// Title in Chinese, 1 to 200 characters. 中文标题
    title_zh: String,
    /// First day on which nobody answers any more; tomorrow or later. 截止日期
    closes_on: Date,
    /// The questions, 1 to 40, in order; they take the place of those there are. 题目
    questions: Vec<StaffSurveyQuestionInput>,
}

/// A survey of the staff to open. 开放员工调查
#[derive(InputObject)]
pub struct StaffSurveyOpenInput {
    /// Which one; a draft. 调查
    id: Id<staff_survey_round::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

/// A survey of the staff to close. 结束员工调查
#[derive(InputObject)]
pub struct StaffSurveyCloseInput {
    /// Which one; open. 调查
    id: Id<staff_survey_round::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

/// What you choose. 作答
#[derive(InputObject)]
pub struct StaffSurveyChoiceInput {
    /// The question. 题目
    question_id: Id<staff_survey_question::Entity>,
    /// The rating, 1 to 5, or the place of the option, from 1. 评分或选项序号
    choice: i32,
}

/// Your answers. 填写员工调查
#[derive(InputObject)]
pub struct StaffSurveyAnswerInput {
    /// Which survey; open, and you were asked. 调查
    id: Id<staff_survey_round::Entity>,
    /// What you choose, every question once. There is no idempotency key: it would remember what you chose; a repetition is
    /// told that you have answered already. 作答（每题一次；无幂等键，以免留存内容）
    answers: Vec<StaffSurveyChoiceInput>,
}

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, survey: StaffSurvey, "The survey; null when nothing was changed. 员工调查");)*
    };
}

payloads!(
    StaffSurveyCreatePayload,
    StaffSurveyUpdatePayload,
    StaffSurveyOpenPayload,
    StaffSurveyClosePayload,
    StaffSurveyAnswerPayload
);

/// The mutations of surveys of the staff.
#[derive(Default)]
pub struct StaffSurveyMutation;

/// The mutations of surveys of the staff.
#[Object]
impl StaffSurveyMutation {
    /// Writes the draft of a survey of the staff. 编写员工调查
    async fn staff_survey_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Title, end and questions. 标题、截止日期及题目")]
        input: StaffSurveyCreateInput,
    ) -> Result<Option<StaffSurveyCreatePayload>> {
        let written = Written {
            title: input.title,
            title_zh: input.title_zh,
            closes_on: input.closes_on.0,
            questions: input.questions.into_iter().map(Into::into).collect(),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::round_create(ctx.app(), ctx.call(), &written, key).await;
        show!(ctx, result, staff_survey_round as StaffSurvey)
    }

    /// Writes the draft of a survey of the staff anew. 修改员工调查
    async fn staff_survey_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what it says now. 调查及新内容")]
        input: StaffSurveyUpdateInput,
    ) -> Result<Option<StaffSurveyUpdatePayload>> {
        let seen = (input.id.uuid, input.expected_version);
        let written = Written {
            title: input.title,
            title_zh: input.title_zh,
            closes_on: input.closes_on.0,
            questions: input.questions.into_iter().map(Into::into).collect(),
        };
        let result = actions::round_update(ctx.app(), ctx.call(), seen, &written).await;
        show!(ctx, result, staff_survey_round as StaffSurvey)
    }

    /// Opens a survey of the staff: everybody who works here today is asked, and its questions stay as they are. 开放员工调查
    async fn staff_survey_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 调查")] input: StaffSurveyOpenInput,
    ) -> Result<Option<StaffSurveyOpenPayload>> {
        let seen = (input.id.uuid, input.expected_version);
        let result = actions::round_open(ctx.app(), ctx.call(), seen).await;
        show!(ctx, result, staff_survey_round as StaffSurvey)
    }

    /// Closes a survey of the staff, on its day or before. Nobody answers any more, and results can be read. 结束员工调查
    async fn staff_survey_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 调查")] input: StaffSurveyCloseInput,
    ) -> Result<Option<StaffSurveyClosePayload>> {
        let seen = (input.id.uuid, input.expected_version);
        let result = actions::round_close(ctx.app(), ctx.call(), seen).await;
        show!(ctx, result, staff_survey_round as StaffSurvey)
    }

    /// Answers a survey of the staff, once. Only counts are raised: what you chose is kept nowhere, and neither when you did. 填写员工调查（匿名）
    async fn staff_survey_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which survey, and what you choose. 调查及作答")]
        input: StaffSurveyAnswerInput,
    ) -> Result<Option<StaffSurveyAnswerPayload>> {
        let chosen: Vec<Chosen> = input
            .answers
            .into_iter()
            .map(|one| Chosen {
                question_id: one.question_id.uuid,
                choice: one.choice,
            })
            .collect();
        let result = actions::answer(ctx.app(), ctx.call(), input.id.uuid, &chosen).await;
        show!(ctx, result, staff_survey_round as StaffSurvey)
    }
}
