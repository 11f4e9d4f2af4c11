//! An exam in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{certificate, exam, exam_attempt, member};

use super::enums::{ExamPartialCredit, ExamPublication, ExamState, QuestionKind};
use super::papers::ExamAttempt;
use crate::error::Error;
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::Member;
use crate::organisation::workforce::graphql::Certificate;
use crate::training::exams::actions::{earlier, terms};
use crate::training::exams::rules::paper::Cell;
use crate::training::exams::rules::sitting::next_at;
use crate::training::exams::store::{ExamsAssessors, ExamsCandidates, MyAttempts};

/// So many questions of one sort on a paper. 组卷项
#[derive(Clone, Debug, SimpleObject)]
pub struct ExamCell {
    /// The topic. 知识点
    topic: String,
    /// How hard, 1 to 5; null for any. 难度
    difficulty: Option<i32>,
    /// How they are answered; null for any way. 题型
    kind: Option<QuestionKind>,
    /// How many. 题数
    count: i32,
    /// For how many points each. 每题分值
    points: Decimal,
}

impl From<Cell> for ExamCell {
    fn from(cell: Cell) -> Self {
        Self {
            topic: cell.topic,
            difficulty: cell.difficulty,
            kind: cell.kind.map(Into::into),
            count: i32::try_from(cell.count).unwrap_or(i32::MAX),
            points: cell.points.into(),
        }
    }
}

/// An exam: for whom, from which questions, under which conditions. 考试
pub struct Exam(pub exam::Model);

/// An exam: for whom, from which questions, under which conditions. 考试
#[Object]
impl Exam {
    /// Its id, `exam_...`. 标识
    pub async fn id(&self) -> Id<exam::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called. 名称
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its name in Chinese. 中文名称
    async fn title_zh(&self) -> &str {
        &self.0.title_zh
    }

    /// What it is about. 说明
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// What has become of it. 状态
    async fn state(&self) -> ExamState {
        self.0.state.into()
    }

    /// So many questions of which sort a paper has. 组卷蓝图
    async fn blueprint(&self, ctx: &Context<'_>) -> Result<Vec<ExamCell>> {
        let cells: Result<Vec<Cell>, Error> =
            serde_json::from_value(self.0.blueprint.clone()).map_err(Into::into);
        let cells = cells.on_field(ctx.call())?;
        Ok(cells.into_iter().map(Into::into).collect())
    }

    /// What a partly right multiple choice gets. 多选题计分方式
    async fn partial_credit(&self) -> ExamPartialCredit {
        self.0.partial_credit.into()
    }

    /// The hundredths of a question's points that a wrong answer costs; 0 for none. 答错扣分比例
    async fn penalty_percent(&self) -> i32 {
        self.0.penalty_percent
    }

    /// Passed from so many hundredths of the points on. 合格线（百分比）
    async fn pass_percent(&self) -> i32 {
        self.0.pass_percent
    }

    /// How long an attempt may take, in minutes. 限时（分钟）
    async fn time_limit_minutes(&self) -> i32 {
        self.0.time_limit_minutes
    }

    /// How many attempts each member has. 允许次数
    async fn attempts_allowed(&self) -> i32 {
        self.0.attempts_allowed
    }

    /// How many hours after an attempt the next one may begin. 间隔（小时）
    async fn wait_hours(&self) -> i32 {
        self.0.wait_hours
    }

    /// From when attempts may begin. 开放时间
    async fn opens_at(&self) -> DateTime {
        self.0.opens_at.into()
    }

    /// When every attempt has to be over. 截止时间
    async fn closes_at(&self) -> DateTime {
        self.0.closes_at.into()
    }

    /// Do questions come in another order on each paper? 题目乱序
    async fn shuffle_questions(&self) -> bool {
        self.0.shuffle_questions
    }

    /// Do options? 选项乱序
    async fn shuffle_options(&self) -> bool {
        self.0.shuffle_options
    }

    /// When results are published. 成绩发布方式
    async fn publication(&self) -> ExamPublication {
        self.0.publication.into()
    }

    /// Are right answers shown to those who sat it, once it is closed and their result published? 结束后是否公布答案
    async fn reveal(&self) -> bool {
        self.0.reveal
    }

    /// Two assessors who differ by more than these hundredths of a question's points call a third. 双评误差阈值（百分比）
    async fn third_percent(&self) -> i32 {
        self.0.third_percent
    }

    /// May everybody sit it who can sit exams? 是否全员可参加
    async fn open_to_all(&self) -> bool {
        self.0.open_to_all
    }

    /// The certificate that passing grants. 合格授予的证书
    async fn certificate(&self, ctx: &Context<'_>) -> Result<Option<Certificate>> {
        let Some(id) = self.0.certificate_id else {
            return Ok(None);
        };
        let row = ctx.row::<certificate::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Certificate))
    }

    /// Who runs it; null when the member is out of your reach. 负责人
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.owner_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Those who were assigned to sit it, of those whom you may see. 应考人员
    async fn candidates(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        let rows = rows_of::<ExamsCandidates>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        people(ctx, rows.into_iter().map(|row| row.member_id)).await
    }

    /// Those who mark it, of those whom you may see. 阅卷人
    async fn assessors(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        let rows = rows_of::<ExamsAssessors>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        people(ctx, rows.into_iter().map(|row| row.member_id)).await
    }

    /// Your own attempts, the first first. 本人的作答
    async fn my_attempts(&self, ctx: &Context<'_>) -> Result<Option<Vec<ExamAttempt>>> {
        let mine = self.mine(ctx).await?;
        Ok(Some(mine.into_iter().map(ExamAttempt).collect()))
    }

    /// How many attempts you have left, whether or not it is open now. 剩余次数
    async fn my_attempts_left(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let used = i32::try_from(self.mine(ctx).await?.len()).unwrap_or(i32::MAX);
        Ok(Some((self.0.attempts_allowed - used).max(0)))
    }

    /// When your next attempt may begin, by the waiting time after the last one; null before the first. 下次可考时间
    async fn my_next_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let mine: Vec<_> = self.mine(ctx).await?.iter().map(earlier).collect();
        Ok(next_at(&terms(&self.0), &mine).map(Into::into))
    }

    /// The number of the frozen questions that papers are drawn from now; 0 for a draft. 题池序号
    async fn pool(&self) -> i32 {
        self.0.pool
    }

    /// Since when it is on. 启用时间
    async fn activated_at(&self) -> Option<DateTime> {
        self.0.activated_at.map(Into::into)
    }

    /// When it was closed. 结束时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

impl Exam {
    async fn mine(&self, ctx: &Context<'_>) -> Result<Vec<exam_attempt::Model>> {
        let me = ctx.call().viewer.standing.member_id;
        let rows = rows_of::<MyAttempts>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows
            .into_iter()
            .filter(|row| Some(row.member_id) == me)
            .collect())
    }
}

async fn people(
    ctx: &Context<'_>,
    ids: impl Iterator<Item = uuid::Uuid>,
) -> Result<Option<Vec<Member>>> {
    let rows = ids.map(|id| ctx.row::<member::Entity>(id));
    let rows = futures_util::future::try_join_all(rows).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().flatten().map(Member).collect()))
}
