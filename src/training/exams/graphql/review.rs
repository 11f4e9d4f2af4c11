//! What is right, as those see it who may.

use async_graphql::SimpleObject;

use crate::error::Result;
use crate::graphql::Decimal;
use crate::training::exams::rules::question::{Answer, Criterion, Key, label};

/// What a practical or a text is assessed by. 评分标准
#[derive(Clone, Debug, SimpleObject)]
pub struct ExamCriterion {
    /// In English. 英文名称
    name: String,
    /// In Chinese. 中文名称
    name_zh: String,
    /// The most that can be had for it, in points of the criteria. 满分
    points: Decimal,
}

impl From<Criterion> for ExamCriterion {
    fn from(one: Criterion) -> Self {
        Self {
            name: one.name,
            name_zh: one.name_zh,
            points: one.points.into(),
        }
    }
}

/// What was answered, or what is right: what the kind of question doesn't use is null. 答案
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct ExamAnswer {
    /// The options, by their labels on this paper. 选项
    choices: Option<Vec<String>>,
    /// Is the statement true? 是否正确
    is_true: Option<bool>,
    /// The number. 数值
    number: Option<Decimal>,
    /// How far off the number may be; only of what is right. 容差
    tolerance: Option<Decimal>,
    /// The words. 文字
    text: Option<String>,
    /// Groups of key words that mean the same; only of what is right. 关键词
    keywords: Option<Vec<Vec<String>>>,
    /// What people assess it by; only of what is right. 评分标准
    criteria: Option<Vec<ExamCriterion>>,
}

impl ExamAnswer {
    /// What was answered on a paper whose options come in that order.
    #[must_use]
    pub fn given(answer: Answer, order: &[usize]) -> Self {
        let mut view = Self::default();
        match answer {
            Answer::Options { chosen } => view.choices = Some(labels(&chosen, order)),
            Answer::TrueFalse { chosen } => view.is_true = Some(chosen),
            Answer::Number { value } => view.number = Some(value.into()),
            Answer::Words { text } => view.text = Some(text),
        }
        view
    }

    /// What is right, with options as they come in that order.
    #[must_use]
    pub fn right(key: Key, order: &[usize]) -> Self {
        let mut view = Self::default();
        match key {
            Key::Options { correct } => view.choices = Some(labels(&correct, order)),
            Key::TrueFalse { correct } => view.is_true = Some(correct),
            Key::Number { value, tolerance } => {
                view.number = Some(value.into());
                view.tolerance = Some(tolerance.into());
            }
            Key::Words { groups } => view.keywords = Some(groups),
            Key::Criteria { criteria } => {
                view.criteria = Some(criteria.into_iter().map(Into::into).collect());
            }
        }
        view
    }
}

/// The labels of options by their places with the author.
fn labels(options: &[usize], order: &[usize]) -> Vec<String> {
    (0..order.len())
        .filter(|place| options.contains(&order[*place]))
        .map(label)
        .collect()
}

/// The order of options of a row.
///
/// # Errors
/// When the row can't be read.
pub fn order_of(row: &serde_json::Value) -> Result<Vec<usize>> {
    Ok(serde_json::from_value(row.clone())?)
}
