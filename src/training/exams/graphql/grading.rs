//! Marking, marks and appeals in the schema.

use async_graphql::{Context, Object, Result};
use entity::{exam, exam_appeal, exam_attempt, exam_item, exam_mark, member};

use super::enums::{ExamAppealState, ExamMarkKind};
use super::exams::Exam;
use super::papers::ExamAttempt;
use super::review::ExamAnswer;
use crate::error::Error;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::Member;
use crate::training::exams::rules::question::{Answer, Key};
use crate::training::exams::store::Task;

/// An answer that waits for you as an assessor. Neither whose it is nor what others gave is told. 阅卷任务
pub struct ExamGradingTask(pub Task);

/// An answer that waits for you as an assessor. Neither whose it is nor what others gave is told. 阅卷任务
#[Object]
impl ExamGradingTask {
    /// The question on the paper, `examitem_...`: what `examItemMark` takes. 标识
    async fn id(&self) -> Id<exam_item::Entity> {
        Id::new(self.0.item.id)
    }

    /// The exam. 考试
    async fn exam(&self, ctx: &Context<'_>) -> Result<Option<Exam>> {
        let row = ctx.row::<exam::Entity>(self.0.exam_id).await;
        Ok(row.on_field(ctx.call())?.map(Exam))
    }

    /// The question in English. 英文题干
    async fn text(&self) -> &str {
        &self.0.version.text
    }

    /// The question in Chinese. 中文题干
    async fn text_zh(&self) -> &str {
        &self.0.version.text_zh
    }

    /// What was answered; null for nothing. 答案
    async fn answer(&self) -> Option<String> {
        let answer = self.0.item.answer.clone()?;
        match serde_json::from_value(answer) {
            Ok(Answer::Words { text }) => Some(text),
            _ => None,
        }
    }

    /// What it is worth. 分值
    async fn max_points(&self) -> Decimal {
        self.0.item.max_points.into()
    }

    /// What to assess it by. 评分标准
    async fn key(&self, ctx: &Context<'_>) -> Result<ExamAnswer> {
        let key: Result<Key, Error> =
            serde_json::from_value(self.0.version.key.clone()).map_err(Into::into);
        Ok(ExamAnswer::right(key.on_field(ctx.call())?, &[]))
    }

    /// What the author says to it. 解析
    async fn explanation(&self) -> Option<&str> {
        self.0.version.explanation.as_deref()
    }
}

/// What somebody or the rule gave for an answer; it is never changed. 评分记录
pub struct ExamMark {
    /// The place of the question on the paper.
    pub position: i32,
    /// The row.
    pub row: exam_mark::Model,
}

/// What somebody or the rule gave for an answer; it is never changed. 评分记录
#[Object]
impl ExamMark {
    /// Its id, `mark_...`. 标识
    async fn id(&self) -> Id<exam_mark::Entity> {
        Id::new(self.row.id)
    }

    /// The place of the question on the paper. 题号
    async fn position(&self) -> i32 {
        self.position
    }

    /// How it came about. 评分方式
    async fn kind(&self) -> ExamMarkKind {
        self.row.kind.into()
    }

    /// 0 by rule; 1, 2, 3 by the assessors; 4 and more for new marks. The last new mark counts, else the third, else the
    /// mean of the first two, else the rule. 评次
    async fn slot(&self) -> i32 {
        self.row.slot
    }

    /// What was given. 得分
    async fn points(&self) -> Decimal {
        self.row.points.into()
    }

    /// The remark of the assessor, or the reason of a new mark. 评语或理由
    async fn comment(&self) -> Option<&str> {
        self.row.comment.as_deref()
    }

    /// Who gave it; null by rule, and when the member is out of your reach. 评分人
    async fn assessor(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.row.assessor_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// When it was given. 评分时间
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }
}

/// A member asks for an attempt to be marked anew. 成绩申诉
pub struct ExamAppeal(pub exam_appeal::Model);

/// A member asks for an attempt to be marked anew. 成绩申诉
#[Object]
impl ExamAppeal {
    /// Its id, `appeal_...`. 标识
    async fn id(&self) -> Id<exam_appeal::Entity> {
        Id::new(self.0.id)
    }

    /// The attempt. 作答
    async fn attempt(&self, ctx: &Context<'_>) -> Result<Option<ExamAttempt>> {
        let row = ctx.row::<exam_attempt::Entity>(self.0.attempt_id).await;
        Ok(row.on_field(ctx.call())?.map(ExamAttempt))
    }

    /// The question on the paper that it is about; null when it is about the whole. 题目
    async fn item_id(&self) -> Option<Id<exam_item::Entity>> {
        self.0.item_id.map(Id::new)
    }

    /// Why. 理由
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What has become of it. 状态
    async fn state(&self) -> ExamAppealState {
        self.0.state.into()
    }

    /// What was answered. 答复
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// When it was decided. 处理时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in the decision. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was filed. 提交时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
