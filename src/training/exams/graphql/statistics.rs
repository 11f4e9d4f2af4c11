//! Statistics of a closed exam in the schema.

use async_graphql::{Object, SimpleObject};

use super::enums::QuestionKind;
use crate::graphql::Decimal;
use crate::training::exams::actions;
use crate::training::exams::rules::items::written;

/// How a closed exam does. Nothing is said where fewer members than `metrics.minimum_group` sat it. 考试分析
pub struct ExamStatistics(pub actions::ExamStatistics);

/// How a closed exam does. Nothing is said where fewer members than `metrics.minimum_group` sat it. 考试分析
#[Object]
impl ExamStatistics {
    /// How many attempts are marked. 已评分人次
    async fn attempts(&self) -> i64 {
        number(self.0.attempts)
    }

    /// How many different members sat them. 人数
    async fn members(&self) -> i64 {
        number(self.0.members)
    }

    /// The fewest members for anything to be said. 最小人数
    async fn minimum(&self) -> i64 {
        self.0.minimum
    }

    /// How many of a hundred attempts passed; null when too few sat it. 合格率（百分比）
    async fn pass_rate(&self) -> Option<Decimal> {
        self.0.pass_rate.map(Into::into)
    }

    /// The mean of what was reached, in hundredths of the points; null when too few sat it. 平均得分率（百分比）
    async fn mean_percent(&self) -> Option<Decimal> {
        self.0.mean_percent.map(Into::into)
    }

    /// Its questions by topic; those that fewer members had than the minimum are left out. 题目分析
    async fn items(&self) -> Vec<ExamItemStatistics> {
        self.0
            .items
            .iter()
            .cloned()
            .map(ExamItemStatistics)
            .collect()
    }
}

/// How a question does in an exam. 题目分析
pub struct ExamItemStatistics(pub actions::ItemStatistics);

/// How a question does in an exam. 题目分析
#[Object]
impl ExamItemStatistics {
    /// The topic. 知识点
    async fn topic(&self) -> &str {
        &self.0.topic
    }

    /// How it is answered. 题型
    async fn kind(&self) -> QuestionKind {
        self.0.kind.into()
    }

    /// The number of the version. 版本序号
    async fn number(&self) -> i32 {
        self.0.version.number
    }

    /// The question in English. 英文题干
    async fn text(&self) -> &str {
        &self.0.version.text
    }

    /// The question in Chinese. 中文题干
    async fn text_zh(&self) -> &str {
        &self.0.version.text_zh
    }

    /// How many tries there were. 作答人次
    async fn tries(&self) -> i64 {
        number(self.0.analysis.tries)
    }

    /// How many didn't answer. 未答人次
    async fn unanswered(&self) -> i64 {
        number(self.0.unanswered)
    }

    /// The mean share of its points, 0 to 1: larger is easier. 难度系数
    async fn difficulty(&self) -> Decimal {
        written(self.0.analysis.difficulty).into()
    }

    /// The correlation of its points with those of the rest of the paper, -1 to 1 (point-biserial, corrected); null where
    /// nothing varies. From 0.3 on it tells well. 区分度
    async fn discrimination(&self) -> Option<Decimal> {
        self.0.analysis.discrimination.map(|r| written(r).into())
    }

    /// Its difficulty among the best 27 % less that among the worst 27 %, -1 to 1. 高低分组差
    async fn upper_lower(&self) -> Decimal {
        written(self.0.analysis.upper_lower).into()
    }

    /// How often each option was chosen; empty where there are none. 选项分布
    async fn distractors(&self) -> Vec<ExamDistractor> {
        let view = |one: &actions::Distractor| ExamDistractor {
            text: one.choice.text.clone(),
            text_zh: one.choice.text_zh.clone(),
            correct: one.correct,
            chosen: number(one.chosen),
        };
        self.0.distractors.iter().map(view).collect()
    }
}

/// How often an option was chosen. 选项分布
#[derive(Clone, Debug, SimpleObject)]
pub struct ExamDistractor {
    /// In English. 英文
    text: String,
    /// In Chinese. 中文
    text_zh: String,
    /// Is it right? 是否正确
    correct: bool,
    /// How often it was chosen. 选择人次
    chosen: i64,
}

fn number(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
