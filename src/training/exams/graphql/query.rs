//! Reading the bank, exams, attempts, what waits for marks, and how exams do.

use async_graphql::{Context, MergedObject, Object, Result};
use entity::{exam, exam_appeal, exam_attempt, exam_question};

use super::bank::ExamQuestion;
use super::exams::Exam;
use super::filters::{
    ExamAppealFilter, ExamAppealOrder, ExamAttemptFilter, ExamAttemptOrder, ExamFilter, ExamOrder,
    ExamQuestionFilter, ExamQuestionOrder,
};
use super::grading::{ExamAppeal, ExamGradingTask};
use super::papers::ExamAttempt;
use super::statistics::ExamStatistics;
use crate::error::ApiError;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::training::exams::actions;

/// The queries about exams.
#[derive(MergedObject, Default)]
pub struct ExamQuery(ExamListQuery, ExamWorkQuery);

/// The lists of the bank, of exams, attempts and appeals.
#[derive(Default)]
pub struct ExamListQuery;

macro_rules! lists {
    ($($(#[$one_doc:meta])* $one:ident, $(#[$many_doc:meta])* $many:ident: $view:ident of $table:ident, $filter:ident, $order:ident, |$given:ident| $plain:expr;)*) => {
        /// The lists of the bank, of exams, attempts and appeals.
        #[Object]
        impl ExamListQuery {
            $(
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Which one. 标识")] id: Id<$table::Entity>,
                ) -> Result<Option<$view>> {
                    let row = ctx.row::<$table::Entity>(id.uuid).await;
                    Ok(row.on_field(ctx.call())?.map($view))
                }

                $(#[$many_doc])*
                #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
                async fn $many(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                    #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                    #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                    #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                    #[graphql(desc = "Only these. 筛选")] filter: Option<$filter>,
                    #[graphql(desc = "In this order. 排序")] order_by: Option<$order>,
                ) -> Result<Option<Connection<$view>>> {
                    let args = PageArgs { first, after, last, before };
                    let $given = filter.unwrap_or_default();
                    let order = order_by.unwrap_or_default().into();
                    listing::<$table::Entity, _>(ctx, args, $plain, order, $view).await
                }
            )*
        }
    };
}

lists! {
    /// A question of the bank by id. 题目
    exam_question,
    /// The question bank. 题库
    exam_questions: ExamQuestion of exam_question, ExamQuestionFilter, ExamQuestionOrder, |filter| Ok(filter.into());
    /// An exam by id; null when there is none within your reach. 考试
    exam,
    /// Exams: those that you may sit, mark or run, or all. 考试列表
    exams: Exam of exam, ExamFilter, ExamOrder, |filter| Ok(filter.into());
    /// An attempt by id; null when there is none within your reach. 作答
    exam_attempt,
    /// Attempts: your own, those at exams that you run, and within your reach those whose result is published. 作答列表
    exam_attempts: ExamAttempt of exam_attempt, ExamAttemptFilter, ExamAttemptOrder, |filter| filter.plain();
    /// An appeal by id; null when there is none within your reach. 申诉
    exam_appeal,
    /// Appeals: your own, and those at exams that you run. 申诉列表
    exam_appeals: ExamAppeal of exam_appeal, ExamAppealFilter, ExamAppealOrder, |filter| filter.plain();
}

/// What waits for marks, and how exams do.
#[derive(Default)]
pub struct ExamWorkQuery;

/// What waits for marks, and how exams do.
#[Object]
impl ExamWorkQuery {
    /// Answers that wait for you as an assessor, the oldest first: never your own, and none that you marked. 待评阅的答案
    async fn exam_grading_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this exam. 考试")] exam_id: Option<Id<exam::Entity>>,
        #[graphql(desc = "How many at most, 1 to 100. 条数", default = 20)] first: i64,
    ) -> Result<Option<Vec<ExamGradingTask>>> {
        let call = ctx.call();
        let limit = u64::try_from(first)
            .ok()
            .filter(|first| (1..=100).contains(first));
        let limit = limit.ok_or_else(|| {
            let error = ApiError::bad_input(
                "first",
                format!("{first} is not between 1 and 100"),
                format!("{first} 不在 1 到 100 之间"),
            );
            from_api(call, &error)
        })?;
        let exam_id = exam_id.map(|id| id.uuid);
        let tasks = actions::grading_tasks(ctx.app(), call, exam_id, limit).await;
        let tasks = tasks.on_field(call)?;
        Ok(Some(tasks.into_iter().map(ExamGradingTask).collect()))
    }

    /// How an exam that you run does, once it is closed: before, it would tell what is right. 考试分析
    async fn exam_statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which exam. 考试")] exam_id: Id<exam::Entity>,
    ) -> Result<Option<ExamStatistics>> {
        let found = actions::statistics(ctx.app(), ctx.call(), exam_id.uuid).await;
        Ok(found.on_field(ctx.call())?.map(ExamStatistics))
    }
}
