//! Changing the bank and exams, sitting and marking.

use async_graphql::{Context, MergedObject, Object, Result};
use entity::{exam, exam_appeal, exam_attempt, exam_item, exam_question};

use super::bank::ExamQuestion;
use super::exams::Exam;
use super::grading::ExamAppeal;
use super::inputs::{
    ExamActivateInput, ExamAnswerSaveInput, ExamAppealDecideInput, ExamAppealFileInput,
    ExamAssessorsChangeInput, ExamAttemptHandInInput, ExamAttemptStartInput,
    ExamCandidatesChangeInput, ExamCloseInput, ExamCreateInput, ExamItemMarkInput,
    ExamPoolRefreshInput, ExamPublishInput, ExamQuestionActivateInput, ExamQuestionCreateInput,
    ExamQuestionRetireInput, ExamQuestionReviseInput, ExamReviseInput,
};
use super::papers::{ExamAttempt, ExamPaperItem};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::exams::actions;
use crate::training::exams::rules::life::QuestionStep;

/// The mutations about exams.
#[derive(MergedObject, Default)]
pub struct ExamMutation(BankMutation, RunMutation, SitMutation, MarkMutation);

macro_rules! payloads {
    ($($name:ident: $field:ident, $view:ident, $doc:literal;)*) => {
        $(mutation_payload!($name, $field: $view, $doc);)*
    };
}

payloads! {
    ExamQuestionCreatePayload: question, ExamQuestion, "The draft; null when nothing was changed. 题目";
    ExamQuestionRevisePayload: question, ExamQuestion, "The question; null when nothing was changed. 题目";
    ExamQuestionActivatePayload: question, ExamQuestion, "The question; null when nothing was changed. 题目";
    ExamQuestionRetirePayload: question, ExamQuestion, "The question; null when nothing was changed. 题目";
    ExamCreatePayload: exam, Exam, "The draft; null when nothing was changed. 考试";
    ExamRevisePayload: exam, Exam, "The draft; null when nothing was changed. 考试";
    ExamActivatePayload: exam, Exam, "The exam; null when nothing was changed. 考试";
    ExamPoolRefreshPayload: exam, Exam, "The exam; null when nothing was changed. 考试";
    ExamCandidatesChangePayload: exam, Exam, "The exam; null when nothing was changed. 考试";
    ExamAssessorsChangePayload: exam, Exam, "The exam; null when nothing was changed. 考试";
    ExamClosePayload: exam, Exam, "The exam; null when nothing was changed. 考试";
    ExamPublishPayload: exam, Exam, "The exam; null when nothing was changed. 考试";
    ExamAttemptStartPayload: attempt, ExamAttempt, "The attempt with its paper; null when none began. 作答";
    ExamAttemptHandInPayload: attempt, ExamAttempt, "The attempt; null when nothing was changed. 作答";
    ExamAnswerSavePayload: item, ExamPaperItem, "The question with the answer that counts now, which may be a newer one; null when nothing was taken. 题目";
    ExamItemMarkPayload: marked, bool, "True when it was marked; the answer is then no longer among your tasks. 是否已评分";
    ExamAppealFilePayload: appeal, ExamAppeal, "The appeal; null when nothing was changed. 申诉";
    ExamAppealDecidePayload: appeal, ExamAppeal, "The appeal; null when nothing was changed. 申诉";
}

/// Maps an action's result onto its payload: the row as the viewer may read it now, read anew.
macro_rules! show {
    ($ctx:ident, $result:expr, $table:ident as $view:expr) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as crate::access::Scoped>::READ;
        let result = match $result {
            Ok(id) => {
                crate::access::find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, result)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map($view),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

/// Keeping the bank.
#[derive(Default)]
pub struct BankMutation;

/// Keeping the bank.
#[Object]
impl BankMutation {
    /// Writes the draft of a question. 新建题目
    async fn exam_question_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question. 题目")] input: ExamQuestionCreateInput,
    ) -> Result<Option<ExamQuestionCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::question_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        show!(ctx, done, exam_question as ExamQuestion)
    }

    /// Writes a new version of a question; papers that have the one before keep it. 修订题目
    async fn exam_question_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new version. 新版本")] input: ExamQuestionReviseInput,
    ) -> Result<Option<ExamQuestionRevisePayload>> {
        let done = actions::question_revise(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done, exam_question as ExamQuestion)
    }

    /// Brings a question into use: exams that are brought on from now on can draw it. 启用题目
    async fn exam_question_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 题目")] input: ExamQuestionActivateInput,
    ) -> Result<Option<ExamQuestionActivatePayload>> {
        let step = QuestionStep::Activate;
        let done = actions::question_step(ctx.app(), ctx.call(), input.into(), step).await;
        show!(ctx, done, exam_question as ExamQuestion)
    }

    /// Retires a question: it isn't drawn any more, once pools are frozen anew. 停用题目
    async fn exam_question_retire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 题目")] input: ExamQuestionRetireInput,
    ) -> Result<Option<ExamQuestionRetirePayload>> {
        let step = QuestionStep::Retire;
        let done = actions::question_step(ctx.app(), ctx.call(), input.into(), step).await;
        show!(ctx, done, exam_question as ExamQuestion)
    }
}

/// Making and running exams.
#[derive(Default)]
pub struct RunMutation;

/// Making and running exams.
#[Object]
impl RunMutation {
    /// Writes the draft of an exam. 新建考试
    async fn exam_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The exam. 考试")] input: ExamCreateInput,
    ) -> Result<Option<ExamCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::exam_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        show!(ctx, done, exam as Exam)
    }

    /// Changes a draft as a whole. 修改考试草稿
    async fn exam_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be. 内容")] input: ExamReviseInput,
    ) -> Result<Option<ExamRevisePayload>> {
        let done = actions::exam_revise(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done, exam as Exam)
    }

    /// Brings a draft on: its questions are frozen. It says which cell of the blueprint lacks questions. 启用考试
    async fn exam_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 考试")] input: ExamActivateInput,
    ) -> Result<Option<ExamActivatePayload>> {
        let done = actions::exam_activate(ctx.app(), ctx.call(), input.into()).await;
        show!(ctx, done, exam as Exam)
    }

    /// Freezes the questions as they are now, for attempts that begin from now on. 更新题池
    async fn exam_pool_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 考试")] input: ExamPoolRefreshInput,
    ) -> Result<Option<ExamPoolRefreshPayload>> {
        let done = actions::pool_refresh(ctx.app(), ctx.call(), input.into()).await;
        show!(ctx, done, exam as Exam)
    }

    /// Changes who is to sit an exam. 安排应考人员
    async fn exam_candidates_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who comes and goes. 人员")] input: ExamCandidatesChangeInput,
    ) -> Result<Option<ExamCandidatesChangePayload>> {
        let done = actions::people_change(ctx.app(), ctx.call(), &input.into()).await;
        show!(ctx, done, exam as Exam)
    }

    /// Changes who marks an exam; who sits it can't. 安排阅卷人
    async fn exam_assessors_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who comes and goes. 人员")] input: ExamAssessorsChangeInput,
    ) -> Result<Option<ExamAssessorsChangePayload>> {
        let done = actions::people_change(ctx.app(), ctx.call(), &input.into()).await;
        show!(ctx, done, exam as Exam)
    }

    /// Closes an exam before its window is over; what runs is handed in. 结束考试
    async fn exam_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 考试及原因")] input: ExamCloseInput,
    ) -> Result<Option<ExamClosePayload>> {
        let done = actions::exam_close(ctx.app(), ctx.call(), input.step(), &input.reason).await;
        show!(ctx, done, exam as Exam)
    }

    /// Publishes everything that is marked. 发布成绩
    async fn exam_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 考试")] input: ExamPublishInput,
    ) -> Result<Option<ExamPublishPayload>> {
        let done = actions::exam_publish(ctx.app(), ctx.call(), input.into()).await;
        show!(ctx, done, exam as Exam)
    }
}

/// Sitting exams.
#[derive(Default)]
pub struct SitMutation;

/// Sitting exams.
#[Object]
impl SitMutation {
    /// Begins an attempt: the paper is drawn and the time runs. 开始考试
    async fn exam_attempt_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which exam. 考试")] input: ExamAttemptStartInput,
    ) -> Result<Option<ExamAttemptStartPayload>> {
        let (id, key) = (input.exam_id.uuid, input.idempotency_key.as_deref());
        let done = actions::attempt_start(ctx.app(), ctx.call(), id, key).await;
        show!(ctx, done, exam_attempt as ExamAttempt)
    }

    /// Saves an answer of your running attempt. It can be repeated: the highest sequence counts, whatever comes in late.
    /// 保存答案
    async fn exam_answer_save(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer. 答案")] input: ExamAnswerSaveInput,
    ) -> Result<Option<ExamAnswerSavePayload>> {
        let done = actions::answer_save(ctx.app(), ctx.call(), &input.plain()).await;
        let item = |row| ExamPaperItem {
            row,
            reviewed: false,
        };
        show!(ctx, done, exam_item as item)
    }

    /// Hands in your attempt; what is handed in already stays so. 交卷
    async fn exam_attempt_hand_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attempt. 作答")] input: ExamAttemptHandInInput,
    ) -> Result<Option<ExamAttemptHandInPayload>> {
        let done = actions::hand_in(ctx.app(), ctx.call(), input.attempt_id.uuid).await;
        show!(ctx, done, exam_attempt as ExamAttempt)
    }

    /// Appeals against your published result, within the days of the setting `exam.appeal_days`. 提交申诉
    async fn exam_appeal_file(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Against what, and why. 申诉内容")] input: ExamAppealFileInput,
    ) -> Result<Option<ExamAppealFilePayload>> {
        let key = input.idempotency_key.as_deref();
        let done = actions::appeal_file(ctx.app(), ctx.call(), &input.plain(), key).await;
        show!(ctx, done, exam_appeal as ExamAppeal)
    }
}

/// Marking, and marking anew.
#[derive(Default)]
pub struct MarkMutation;

/// Marking, and marking anew.
#[Object]
impl MarkMutation {
    /// Marks an answer that waits for you. 评分
    async fn exam_item_mark(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mark. 评分")] input: ExamItemMarkInput,
    ) -> Result<Option<ExamItemMarkPayload>> {
        let done = actions::item_mark(ctx.app(), ctx.call(), &input.plain()).await;
        let outcome = Outcome::from_result(ctx.call(), done.map(|_| true))?;
        Ok(Some(outcome.into()))
    }

    /// Decides an appeal: the marks stay, or some are given anew with the answer as the reason. Never about yourself or what you
    /// marked. 处理申诉
    async fn exam_appeal_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision. 处理结果")] input: ExamAppealDecideInput,
    ) -> Result<Option<ExamAppealDecidePayload>> {
        let done = actions::appeal_decide(ctx.app(), ctx.call(), &input.plain()).await;
        show!(ctx, done, exam_appeal as ExamAppeal)
    }
}
