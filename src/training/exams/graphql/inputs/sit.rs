//! What is told by those who sit, mark and decide.

use async_graphql::InputObject;
use entity::{exam, exam_appeal, exam_attempt, exam_item};

use crate::graphql::{Decimal, Id};
use crate::training::exams::actions::{AnswerSave, AppealDecide, AppealFile, ItemMark};
use crate::training::exams::rules::question::Said;

/// At which exam an attempt begins. 开始考试
#[derive(Clone, InputObject)]
pub struct ExamAttemptStartInput {
    /// The exam. 考试
    pub exam_id: Id<exam::Entity>,
    /// A repetition with the same key within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

/// Which attempt is handed in. 交卷
#[derive(Clone, InputObject)]
pub struct ExamAttemptHandInInput {
    /// Your own attempt. 作答
    pub attempt_id: Id<exam_attempt::Entity>,
}

/// An answer to save: of `choices`, `isTrue`, `number` and `text` the one that the kind takes; none takes the answer back.
/// 保存答案
#[derive(Clone, InputObject)]
pub struct ExamAnswerSaveInput {
    /// The question on your paper. 题目
    item_id: Id<exam_item::Entity>,
    /// From 1 on; raise it with every change of this answer. What comes in late with a lower number is dropped. 序号
    sequence: i64,
    /// The labels of options. 选项标签
    choices: Option<Vec<String>>,
    /// Is the statement true? 是否正确
    is_true: Option<bool>,
    /// A number. 数值
    number: Option<Decimal>,
    /// Words, at most 4000 characters. 文字
    text: Option<String>,
}

impl ExamAnswerSaveInput {
    /// The plain order.
    pub fn plain(self) -> AnswerSave {
        AnswerSave {
            item_id: self.item_id.uuid,
            sequence: self.sequence,
            said: Said {
                choices: self.choices,
                is_true: self.is_true,
                number: self.number.map(|number| number.0),
                text: self.text,
            },
        }
    }
}

/// A mark to give. 评分
#[derive(Clone, InputObject)]
pub struct ExamItemMarkInput {
    /// The question on the paper. 题目
    item_id: Id<exam_item::Entity>,
    /// Its points, where there are no criteria. 得分
    points: Option<Decimal>,
    /// Points by criterion, in their order, where there are some. 各项得分
    criteria: Option<Vec<Decimal>>,
    /// A remark, at most 2000 characters. 评语
    comment: Option<String>,
}

impl ExamItemMarkInput {
    /// The plain order.
    pub fn plain(self) -> ItemMark {
        ItemMark {
            item_id: self.item_id.uuid,
            points: self.points.map(|points| points.0),
            criteria: self
                .criteria
                .map(|all| all.into_iter().map(|points| points.0).collect()),
            comment: self.comment,
        }
    }
}

/// An appeal to file. 提交申诉
#[derive(Clone, InputObject)]
pub struct ExamAppealFileInput {
    /// Your own attempt. 作答
    attempt_id: Id<exam_attempt::Entity>,
    /// The question on its paper that it is about; the whole when absent. 题目
    item_id: Option<Id<exam_item::Entity>>,
    /// Why, 1 to 2000 characters. 理由
    reason: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ExamAppealFileInput {
    /// The plain order.
    pub fn plain(&self) -> AppealFile {
        AppealFile {
            attempt_id: self.attempt_id.uuid,
            item_id: self.item_id.map(|id| id.uuid),
            reason: self.reason.clone(),
        }
    }
}

/// A new mark for a question on a paper. 改分
#[derive(Clone, InputObject)]
pub struct ExamRegradeInput {
    /// The question on the paper. 题目
    item_id: Id<exam_item::Entity>,
    /// Its points from now on. 得分
    points: Decimal,
}

/// What is decided about an appeal. 处理申诉
#[derive(Clone, InputObject)]
pub struct ExamAppealDecideInput {
    /// The appeal. 申诉
    id: Id<exam_appeal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// New marks; without any the marks stay. 改分
    marks: Option<Vec<ExamRegradeInput>>,
    /// Why, 1 to 2000 characters: for the member, and kept with the marks. 答复
    answer: String,
}

impl ExamAppealDecideInput {
    /// The plain order.
    pub fn plain(self) -> AppealDecide {
        AppealDecide {
            id: self.id.uuid,
            expected_version: self.expected_version,
            marks: self
                .marks
                .unwrap_or_default()
                .into_iter()
                .map(|mark| (mark.item_id.uuid, mark.points.0))
                .collect(),
            answer: self.answer,
        }
    }
}
