//! The question bank in the schema, for those who keep it.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{exam_question, exam_question_version};

use super::enums::{QuestionKind, QuestionState};
use super::review::ExamAnswer;
use crate::error::Error;
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::training::exams::rules::question::{Choice, Key};
use crate::training::exams::store::QuestionsVersions;

/// A question of the bank. For holders of `exam.question.manage`, who don't sit exams. 题目
pub struct ExamQuestion(pub exam_question::Model);

/// A question of the bank. For holders of `exam.question.manage`, who don't sit exams. 题目
#[Object]
impl ExamQuestion {
    /// Its id, `question_...`. 标识
    async fn id(&self) -> Id<exam_question::Entity> {
        Id::new(self.0.id)
    }

    /// How it is answered. 题型
    async fn kind(&self) -> QuestionKind {
        self.0.kind.into()
    }

    /// The topic, such as `charging.safety`. 知识点
    async fn topic(&self) -> &str {
        &self.0.topic
    }

    /// How hard the current version is, 1 (easy) to 5 (hard). 难度
    async fn difficulty(&self) -> i32 {
        self.0.difficulty
    }

    /// What has become of it. 状态
    async fn state(&self) -> QuestionState {
        self.0.state.into()
    }

    /// The number of the current version. 当前版本号
    async fn current(&self) -> i32 {
        self.0.current
    }

    /// All versions, the latest first; they never change. 历史版本
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<ExamQuestionVersion>> {
        let rows = rows_of::<QuestionsVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(ExamQuestionVersion).collect())
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One option of a question, with whether it is right. 选项
#[derive(Clone, Debug, SimpleObject)]
pub struct ExamQuestionOption {
    /// In English. 英文
    text: String,
    /// In Chinese. 中文
    text_zh: String,
    /// Is it right? 是否正确
    correct: bool,
}

/// What a question asks and what is right, at some time; it never changes. 题目版本
pub struct ExamQuestionVersion(pub exam_question_version::Model);

/// What a question asks and what is right, at some time; it never changes. 题目版本
#[Object]
impl ExamQuestionVersion {
    /// Its id, `questionversion_...`. 标识
    async fn id(&self) -> Id<exam_question_version::Entity> {
        Id::new(self.0.id)
    }

    /// Counts the versions from 1. 版本序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// How hard it is, 1 (easy) to 5 (hard). 难度
    async fn difficulty(&self) -> i32 {
        self.0.difficulty
    }

    /// The question in English. 英文题干
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// The question in Chinese. 中文题干
    async fn text_zh(&self) -> &str {
        &self.0.text_zh
    }

    /// The options, in the order of the author. 选项
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<ExamQuestionOption>> {
        let read = || -> Result<(Vec<Choice>, Key), Error> {
            let options = serde_json::from_value(self.0.options.clone())?;
            Ok((options, serde_json::from_value(self.0.key.clone())?))
        };
        let (options, key) = read().on_field(ctx.call())?;
        let correct = match key {
            Key::Options { correct } => correct,
            _ => Vec::new(),
        };
        Ok(options
            .into_iter()
            .enumerate()
            .map(|(place, choice)| ExamQuestionOption {
                text: choice.text,
                text_zh: choice.text_zh,
                correct: correct.contains(&place),
            })
            .collect())
    }

    /// What is right; options by their letters in the order of the author. 标准答案
    async fn answer(&self, ctx: &Context<'_>) -> Result<ExamAnswer> {
        let key: Result<Key, Error> =
            serde_json::from_value(self.0.key.clone()).map_err(Into::into);
        let count = self.0.options.as_array().map_or(0, Vec::len);
        let order: Vec<usize> = (0..count).collect();
        Ok(ExamAnswer::right(key.on_field(ctx.call())?, &order))
    }

    /// Why it is so. 解析
    async fn explanation(&self) -> Option<&str> {
        self.0.explanation.as_deref()
    }

    /// What changed against the version before. 修订说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was written. 编写时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
