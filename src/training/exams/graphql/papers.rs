//! Attempts and their papers in the schema. What is shown of one depends on whose it is and on how far the exam is.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::{ExamAttemptState as State, ExamState};
use entity::{exam, exam_attempt, exam_item, member};
use std::sync::Arc;

use super::enums::{ExamAttemptState, ExamHandIn, QuestionKind};
use super::exams::Exam;
use super::grading::{ExamAppeal, ExamMark};
use super::loaders::{Asked, AskedBy};
use super::review::{ExamAnswer, order_of};
use crate::access::Permission;
use crate::error::Error;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::Member;
use crate::training::exams::manages;
use crate::training::exams::rules::question::{Answer, Choice, Key, label};
use crate::training::exams::rules::result::percent;
use crate::training::exams::rules::sitting::seconds_left;
use crate::training::exams::store::{AttemptsAppeals, AttemptsItems, ItemsMarks};

/// What an attempt came to. 成绩
#[derive(Clone, Debug, SimpleObject)]
pub struct ExamResult {
    /// The points that were reached; never below nought. 得分
    points: Decimal,
    /// The points that could be. 满分
    max_points: Decimal,
    /// Hundredths of what could be reached. 得分率（百分比）
    percent: Decimal,
    /// Was the pass mark reached? 是否合格
    passed: bool,
}

/// One member's sitting of an exam. 作答
pub struct ExamAttempt(pub exam_attempt::Model);

/// One member's sitting of an exam. 作答
#[Object]
impl ExamAttempt {
    /// Its id, `attempt_...`. 标识
    pub async fn id(&self) -> Id<exam_attempt::Entity> {
        Id::new(self.0.id)
    }

    /// The exam; null when it is out of your reach. 考试
    async fn exam(&self, ctx: &Context<'_>) -> Result<Option<Exam>> {
        Ok(self.exam_row(ctx).await?.map(Exam))
    }

    /// Who sits it; null when the member is out of your reach. 应考人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Counts the attempts of this member at this exam from 1. 第几次
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// How far it is. An attempt whose time is over is handed in by the server within seconds. 状态
    async fn state(&self) -> ExamAttemptState {
        self.0.state.into()
    }

    /// When it began. 开始时间
    async fn started_at(&self) -> DateTime {
        self.0.started_at.into()
    }

    /// The first moment at which no answer is taken any more: there is no grace. 截止时间
    async fn deadline(&self) -> DateTime {
        self.0.deadline.into()
    }

    /// Whole seconds left by the server's time. 剩余秒数
    async fn seconds_left(&self, ctx: &Context<'_>) -> i64 {
        seconds_left(self.0.state, self.0.deadline, ctx.call().at)
    }

    /// When it was handed in. 交卷时间
    async fn handed_in_at(&self) -> Option<DateTime> {
        self.0.handed_in_at.map(Into::into)
    }

    /// How it was handed in. 交卷方式
    async fn handed_in_by(&self) -> Option<ExamHandIn> {
        self.0.handed_in_by.map(Into::into)
    }

    /// What it came to; null until it is published, but for those who run the exam. 成绩
    async fn result(&self, ctx: &Context<'_>) -> Result<Option<ExamResult>> {
        let (Some(points), Some(passed)) = (self.0.points, self.0.passed) else {
            return Ok(None);
        };
        if self.0.published_at.is_none() {
            let runs = self.exam_row(ctx).await?;
            let runs = runs.is_some_and(|exam| manages(&ctx.call().viewer, &exam));
            if self.is_mine(ctx) || !runs {
                return Ok(None);
            }
        }
        Ok(Some(ExamResult {
            points: points.into(),
            max_points: self.0.max_points.into(),
            percent: percent(points, self.0.max_points).into(),
            passed,
        }))
    }

    /// When the result was published. 成绩发布时间
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(Into::into)
    }

    /// Its paper: for whoever sits it, and once it is handed in for those who run the exam and keep the bank, or once the exam
    /// is closed. Otherwise null. 试卷
    async fn paper(&self, ctx: &Context<'_>) -> Result<Option<Vec<ExamPaperItem>>> {
        let exam = self.exam_row(ctx).await?;
        if !self.is_mine(ctx) && !self.may_look_in(ctx, exam.as_ref()) {
            return Ok(None);
        }
        let reviewed = exam.as_ref().is_some_and(|exam| self.is_reviewed(exam));
        let rows = rows_of::<AttemptsItems>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let item = |row| ExamPaperItem { row, reviewed };
        Ok(Some(rows.into_iter().map(item).collect()))
    }

    /// Every mark that was ever given, the old ones too: for those who run the exam, never of one's own attempt, and while the
    /// exam isn't closed only for those who keep the bank. Otherwise null. 评分记录
    async fn marks(&self, ctx: &Context<'_>) -> Result<Option<Vec<ExamMark>>> {
        let exam = self.exam_row(ctx).await?;
        if self.is_mine(ctx) || !self.may_look_in(ctx, exam.as_ref()) {
            return Ok(None);
        }
        let items = rows_of::<AttemptsItems>(ctx, self.0.id).await;
        let items = items.on_field(ctx.call())?;
        let marks = items.iter().map(|item| rows_of::<ItemsMarks>(ctx, item.id));
        let marks = futures_util::future::try_join_all(marks).await;
        let marks = marks.on_field(ctx.call())?;
        let view = |(item, marks): (&exam_item::Model, Vec<_>)| {
            let position = item.position;
            marks.into_iter().map(move |row| ExamMark { position, row })
        };
        Ok(Some(items.iter().zip(marks).flat_map(view).collect()))
    }

    /// The appeals against its result, the first first. 申诉
    async fn appeals(&self, ctx: &Context<'_>) -> Result<Vec<ExamAppeal>> {
        let rows = rows_of::<AttemptsAppeals>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(ExamAppeal).collect())
    }

    /// Counts up with every change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

impl ExamAttempt {
    async fn exam_row(&self, ctx: &Context<'_>) -> Result<Option<exam::Model>> {
        let row = ctx.row::<exam::Entity>(self.0.exam_id).await;
        row.on_field(ctx.call())
    }

    fn is_mine(&self, ctx: &Context<'_>) -> bool {
        ctx.call().viewer.standing.member_id == Some(self.0.member_id)
    }

    /// May somebody look into another one's paper? Whoever could still sit the exam may not.
    fn may_look_in(&self, ctx: &Context<'_>, exam: Option<&exam::Model>) -> bool {
        let viewer = &ctx.call().viewer;
        exam.is_some_and(|exam| {
            manages(viewer, exam)
                && self.0.state != State::InProgress
                && (exam.state == ExamState::Closed || viewer.may(Permission::ExamQuestionManage))
        })
    }

    fn is_reviewed(&self, exam: &exam::Model) -> bool {
        exam.reveal && exam.state == ExamState::Closed && self.0.published_at.is_some()
    }
}

/// An option as this paper shows it. 试卷选项
#[derive(Clone, Debug, SimpleObject)]
pub struct ExamPaperOption {
    /// Its label on this paper, such as A: what an answer names. 标签
    label: String,
    /// In English. 英文
    text: String,
    /// In Chinese. 中文
    text_zh: String,
}

/// What is right and what it got: once the exam is closed, if the exam says so. 题目讲评
#[derive(Clone, Debug, SimpleObject)]
pub struct ExamItemReview {
    /// What it got; less than nought for a penalty. 得分
    points: Option<Decimal>,
    /// What is right. 标准答案
    answer: ExamAnswer,
    /// Why it is so. 解析
    explanation: Option<String>,
}

/// A question on a paper, with the answer so far. 试卷题目
pub struct ExamPaperItem {
    /// The row.
    pub row: exam_item::Model,
    /// Is what is right shown?
    pub reviewed: bool,
}

/// A question on a paper, with the answer so far. 试卷题目
#[Object]
impl ExamPaperItem {
    /// Its id, `examitem_...`. 标识
    async fn id(&self) -> Id<exam_item::Entity> {
        Id::new(self.row.id)
    }

    /// Its place on the paper, from 1. 题号
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// How it is answered. 题型
    async fn kind(&self, ctx: &Context<'_>) -> Result<QuestionKind> {
        Ok(self.asked(ctx).await?.kind.into())
    }

    /// The topic. 知识点
    async fn topic(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.asked(ctx).await?.topic.clone())
    }

    /// The question in English. 英文题干
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.asked(ctx).await?.version.text.clone())
    }

    /// The question in Chinese. 中文题干
    async fn text_zh(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.asked(ctx).await?.version.text_zh.clone())
    }

    /// The options in the order of this paper; empty for kinds without. 选项
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<ExamPaperOption>> {
        let asked = self.asked(ctx).await?;
        let read = || -> Result<(Vec<Choice>, Vec<usize>), Error> {
            let options = serde_json::from_value(asked.version.options.clone())?;
            Ok((options, order_of(&self.row.option_order)?))
        };
        let (options, order) = read().on_field(ctx.call())?;
        Ok(order
            .iter()
            .filter_map(|place| options.get(*place))
            .enumerate()
            .map(|(place, choice)| ExamPaperOption {
                label: label(place),
                text: choice.text.clone(),
                text_zh: choice.text_zh.clone(),
            })
            .collect())
    }

    /// What it is worth. 分值
    async fn max_points(&self) -> Decimal {
        self.row.max_points.into()
    }

    /// What was answered so far; null for nothing. 已保存的答案
    async fn answer(&self, ctx: &Context<'_>) -> Result<Option<ExamAnswer>> {
        let read = || -> Result<Option<ExamAnswer>, Error> {
            let Some(answer) = self.row.answer.clone() else {
                return Ok(None);
            };
            let answer: Answer = serde_json::from_value(answer)?;
            let order = order_of(&self.row.option_order)?;
            Ok(Some(ExamAnswer::given(answer, &order)))
        };
        read().on_field(ctx.call())
    }

    /// The number that the client gave to the saved answer; 0 before the first. A lower one never replaces it. 答案序号
    async fn sequence(&self) -> i64 {
        self.row.sequence
    }

    /// When the saved answer arrived. 保存时间
    async fn answered_at(&self) -> Option<DateTime> {
        self.row.answered_at.map(Into::into)
    }

    /// What is right and what it got: null until the exam is closed and the result published, and where the exam doesn't
    /// show it. 讲评
    async fn review(&self, ctx: &Context<'_>) -> Result<Option<ExamItemReview>> {
        if !self.reviewed {
            return Ok(None);
        }
        let asked = self.asked(ctx).await?;
        let read = || -> Result<ExamAnswer, Error> {
            let key: Key = serde_json::from_value(asked.version.key.clone())?;
            Ok(ExamAnswer::right(key, &order_of(&self.row.option_order)?))
        };
        Ok(Some(ExamItemReview {
            points: self.row.points.map(Into::into),
            answer: read().on_field(ctx.call())?,
            explanation: asked.version.explanation.clone(),
        }))
    }
}

impl ExamPaperItem {
    async fn asked(&self, ctx: &Context<'_>) -> Result<Arc<Asked>> {
        let key = AskedBy(self.row.version_id);
        let asked = ctx.loads().load_one(key).await.map_err(shared);
        let asked = asked
            .and_then(|asked| asked.ok_or_else(|| Error::internal("a paper without its question")));
        asked.on_field(ctx.call())
    }
}
