//! What is told of a question.

use async_graphql::InputObject;
use entity::exam_question;

use crate::graphql::{Decimal, Id};
use crate::training::exams::actions::{QuestionContent, QuestionCreate, QuestionRevise};
use crate::training::exams::graphql::enums::QuestionKind;
use crate::training::exams::rules::question::{Choice, Criterion, Given};

/// One option of a question. 选项
#[derive(Clone, InputObject)]
pub struct ExamOptionInput {
    /// In English, 1 to 500 characters. 英文
    text: String,
    /// In Chinese, 1 to 500 characters. 中文
    text_zh: String,
    /// Is it right? 是否正确
    correct: bool,
}

/// What a practical is assessed by. 评分标准
#[derive(Clone, InputObject)]
pub struct ExamCriterionInput {
    /// In English, 1 to 500 characters. 英文
    name: String,
    /// In Chinese, 1 to 500 characters. 中文
    name_zh: String,
    /// The most that can be had for it; the sum of all stands for the points of the question. 满分
    points: Decimal,
}

/// A number, give or take. 数值答案
#[derive(Clone, InputObject)]
pub struct ExamNumberInput {
    /// The number. 数值
    value: Decimal,
    /// How far off it may be; 0 when absent. 容差
    tolerance: Option<Decimal>,
}

macro_rules! with_content {
    ($(#[$doc:meta])* $name:ident { $($head:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, InputObject)]
        pub struct $name {
            $($head)*
            /// How hard it is, 1 (easy) to 5 (hard). 难度
            difficulty: i32,
            /// The question in English, 1 to 4000 characters. 英文题干
            text: String,
            /// The question in Chinese, 1 to 4000 characters. 中文题干
            text_zh: String,
            /// Two to twelve options, of single and multiple choice. 选项
            options: Option<Vec<ExamOptionInput>>,
            /// Is the statement true? Of true or false. 判断题答案
            is_true: Option<bool>,
            /// The number, of a number. 数值题答案
            number: Option<ExamNumberInput>,
            /// Groups of key words that mean the same, of a text; without any, people mark it. 关键词
            keywords: Option<Vec<Vec<String>>>,
            /// Criteria, of a practical. 评分标准
            criteria: Option<Vec<ExamCriterionInput>>,
            /// Why it is so, at most 2000 characters. 解析
            explanation: Option<String>,
        }

        impl $name {
            fn content(self) -> QuestionContent {
                let option = |one: ExamOptionInput| {
                    let choice = Choice { text: one.text.trim().to_owned(), text_zh: one.text_zh.trim().to_owned() };
                    (choice, one.correct)
                };
                let criterion = |one: ExamCriterionInput| Criterion {
                    name: one.name.trim().to_owned(),
                    name_zh: one.name_zh.trim().to_owned(),
                    points: one.points.0.0,
                };
                let number = |one: ExamNumberInput| (one.value.0.0, one.tolerance.map_or(0, |tolerance| tolerance.0.0));
                QuestionContent {
                    difficulty: self.difficulty,
                    text: self.text,
                    text_zh: self.text_zh,
                    given: Given {
                        options: self.options.unwrap_or_default().into_iter().map(option).collect(),
                        is_true: self.is_true,
                        number: self.number.map(number),
                        words: self.keywords.unwrap_or_default(),
                        criteria: self.criteria.unwrap_or_default().into_iter().map(criterion).collect(),
                    },
                    explanation: self.explanation,
                }
            }
        }
    };
}

with_content! {
    /// A question to write. 新建题目
    ExamQuestionCreateInput {
        /// How it is answered; it stays. 题型
        kind: QuestionKind,
        /// The topic, such as `charging.safety`; it stays. 知识点
        topic: String,
        /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
        pub idempotency_key: Option<String>,
    }
}

impl ExamQuestionCreateInput {
    /// The plain order.
    pub fn plain(self) -> QuestionCreate {
        QuestionCreate {
            kind: self.kind.into(),
            topic: self.topic.clone(),
            content: self.content(),
        }
    }
}

with_content! {
    /// A new version of a question: all of it. 修订题目
    ExamQuestionReviseInput {
        /// The question. 题目
        id: Id<exam_question::Entity>,
        /// Its version as you saw it. 期望版本
        expected_version: i32,
        /// What changed, 1 to 2000 characters. 修订说明
        note: String,
    }
}

impl ExamQuestionReviseInput {
    /// The plain order.
    pub fn plain(self) -> QuestionRevise {
        QuestionRevise {
            id: self.id.uuid,
            expected_version: self.expected_version,
            note: self.note.clone(),
            content: self.content(),
        }
    }
}
