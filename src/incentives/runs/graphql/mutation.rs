//! Running, approving, paying, locking, correcting, asking.

use async_graphql::{Context, Object, Result};
use entity::{
    incentive_correction, incentive_lock, incentive_payout, incentive_question, incentive_run,
};
use uuid::Uuid;

use super::inputs::{
    IncentiveCorrectInput, IncentiveCorrectionDecideInput, IncentiveCorrectionWithdrawInput,
    IncentiveMonthLockInput, IncentivePayoutMakeInput, IncentivePayoutReverseInput,
    IncentiveQuestionAnswerInput, IncentiveQuestionAskInput, IncentiveQuestionWithdrawInput,
    IncentiveRunApproveInput, IncentiveRunRejectInput, IncentiveRunStartInput,
};
use super::ledger::{IncentiveCorrection, IncentiveQuestion};
use super::types::{IncentiveMonthLock, IncentivePayout, IncentiveRun};
use crate::access::{Scoped, find};
use crate::error;
use crate::graphql::{Ask, Outcome};
use crate::incentives::runs::actions;
use crate::incentives::runs::store::one_seen;
use crate::mutation_payload;

mutation_payload!(IncentiveRunStartPayload, run: IncentiveRun, "The run, if you may read it; null when nothing was changed. 计算批次");
mutation_payload!(IncentiveRunApprovePayload, run: IncentiveRun, "The run, if you may read it; null when nothing was changed. 计算批次");
mutation_payload!(IncentiveRunRejectPayload, run: IncentiveRun, "The run, if you may read it; null when nothing was changed. 计算批次");
mutation_payload!(IncentiveClawBackPayload, entries: i32, "How many entries that took. 分录数");
mutation_payload!(IncentivePayoutMakePayload, payout: IncentivePayout, "The payout, if you may read it; null when nothing was changed. 发放批次");
mutation_payload!(IncentivePayoutReversePayload, payout: IncentivePayout, "The payout, if you may read it; null when nothing was changed. 发放批次");
mutation_payload!(IncentiveMonthLockPayload, lock: IncentiveMonthLock, "The lock, if you may read it; null when nothing was changed. 月结锁定");
mutation_payload!(IncentiveCorrectPayload, correction: IncentiveCorrection, "The correction, if you may read it; null when nothing was changed. 更正");
mutation_payload!(IncentiveCorrectionDecidePayload, correction: IncentiveCorrection, "The correction, if you may read it; null when nothing was changed. 更正");
mutation_payload!(IncentiveCorrectionWithdrawPayload, correction: IncentiveCorrection, "The correction, if you may read it; null when nothing was changed. 更正");
mutation_payload!(IncentiveQuestionWithdrawPayload, question: IncentiveQuestion, "The question; null when nothing was changed. 疑问");
mutation_payload!(IncentiveQuestionAskPayload, question: IncentiveQuestion, "The question; null when nothing was changed. 疑问");
mutation_payload!(IncentiveQuestionAnswerPayload, question: IncentiveQuestion, "The question, if you may read it; null when nothing was changed. 疑问");

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        Ok(Some(
            Outcome {
                value: outcome.value.flatten().map($view),
                user_errors: outcome.user_errors,
            }
            .into(),
        ))
    }};
}

async fn correction(
    ctx: &Context<'_>,
    done: error::Result<Uuid>,
) -> Result<Outcome<IncentiveCorrection>> {
    let (app, call) = (ctx.app(), ctx.call());
    let row = match done {
        Ok(id) => one_seen::<incentive_correction::Entity>(&app.db, call, id).await,
        Err(error) => Err(error),
    };
    let outcome = Outcome::from_result(call, row)?;
    Ok(Outcome {
        value: outcome.value.flatten().map(IncentiveCorrection),
        user_errors: outcome.user_errors,
    })
}

async fn question(
    ctx: &Context<'_>,
    done: error::Result<Uuid>,
) -> Result<Outcome<IncentiveQuestion>> {
    let (app, call) = (ctx.app(), ctx.call());
    let row = match done {
        Ok(id) => one_seen::<incentive_question::Entity>(&app.db, call, id).await,
        Err(error) => Err(error),
    };
    let outcome = Outcome::from_result(call, row)?;
    Ok(Outcome {
        value: outcome.value.flatten().map(IncentiveQuestion),
        user_errors: outcome.user_errors,
    })
}

/// The mutations about runs, awards and the ledger.
#[derive(Default)]
pub struct IncentiveRunMutation;

/// The mutations about runs, awards and the ledger.
#[Object]
impl IncentiveRunMutation {
    /// Asks for the run of a period that is over; the server works it out soon after, from figures that it freezes. There is one for
    /// each period: asked again it is found, and only one that was sent back is followed by another attempt. 发起激励计算
    async fn incentive_run_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which period. 周期")] input: IncentiveRunStartInput,
    ) -> Result<Option<IncentiveRunStartPayload>> {
        let key = input.idempotency_key.clone();
        let done = actions::start(ctx.app(), ctx.call(), input.plain(), key.as_deref()).await;
        shown!(ctx, done, incentive_run as IncentiveRun)
    }

    /// Approves a run that somebody else started; its awards are booked soon after. 批准计算批次
    async fn incentive_run_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 计算批次")] input: IncentiveRunApproveInput,
    ) -> Result<Option<IncentiveRunApprovePayload>> {
        let done = actions::approve(ctx.app(), ctx.call(), input.plain()).await;
        shown!(ctx, done, incentive_run as IncentiveRun)
    }

    /// Sends a run back that somebody else started: it may be run again. 退回计算批次
    async fn incentive_run_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 计算批次及原因")] input: IncentiveRunRejectInput,
    ) -> Result<Option<IncentiveRunRejectPayload>> {
        let done = actions::reject(ctx.app(), ctx.call(), input.plain(), &input.reason).await;
        shown!(ctx, done, incentive_run as IncentiveRun)
    }

    /// Takes back the share of booked awards whose money was refunded since, and gives back what was taken too much; the server does it by itself whenever it books a run.
    /// 追回退款对应的奖励
    async fn incentive_claw_back(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<IncentiveClawBackPayload>> {
        let done = actions::claw_back(ctx.app(), ctx.call()).await;
        let count = done.map(|count| i32::try_from(count).unwrap_or(i32::MAX));
        Ok(Some(Outcome::from_result(ctx.call(), count)?.into()))
    }

    /// Hands to payroll what is owed to each member by entries before a day. 生成发放批次
    async fn incentive_payout_make(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is paid. 发放内容")] input: IncentivePayoutMakeInput,
    ) -> Result<Option<IncentivePayoutMakePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::payout(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, incentive_payout as IncentivePayout)
    }

    /// Locks a month and all before it: nothing is booked there any more. 月结锁定
    async fn incentive_month_lock(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which month. 月份")] input: IncentiveMonthLockInput,
    ) -> Result<Option<IncentiveMonthLockPayload>> {
        let done = actions::lock(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, incentive_lock as IncentiveMonthLock)
    }

    /// Proposes a correction of a booked award; somebody else decides. 提出更正
    async fn incentive_correct(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which award, and how much. 奖励及金额")] input: IncentiveCorrectInput,
    ) -> Result<Option<IncentiveCorrectPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::correct(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        Ok(Some(correction(ctx, done).await?.into()))
    }

    /// Decides about a correction that somebody else proposed; approved, it is booked at once. 审批更正
    async fn incentive_correction_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and how. 更正及结论")] input: IncentiveCorrectionDecideInput,
    ) -> Result<Option<IncentiveCorrectionDecidePayload>> {
        let done = actions::correction_decide(ctx.app(), ctx.call(), &input.plain()).await;
        Ok(Some(correction(ctx, done).await?.into()))
    }

    /// Withdraws a correction that you proposed and nobody has decided yet. 撤回更正
    async fn incentive_correction_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 更正")] input: IncentiveCorrectionWithdrawInput,
    ) -> Result<Option<IncentiveCorrectionWithdrawPayload>> {
        let done = actions::correction_withdraw(ctx.app(), ctx.call(), input.plain()).await;
        Ok(Some(correction(ctx, done).await?.into()))
    }

    /// Asks about your own award. 对本人奖励提出疑问
    async fn incentive_question_ask(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "About which award, and what. 奖励及疑问")]
        input: IncentiveQuestionAskInput,
    ) -> Result<Option<IncentiveQuestionAskPayload>> {
        let key = input.idempotency_key.clone();
        let done = actions::ask(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        Ok(Some(question(ctx, done).await?.into()))
    }

    /// Answers a question of somebody else, once. 答复疑问
    async fn incentive_question_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which question, and the answer. 疑问及答复")]
        input: IncentiveQuestionAnswerInput,
    ) -> Result<Option<IncentiveQuestionAnswerPayload>> {
        let done = actions::answer(ctx.app(), ctx.call(), &input.plain()).await;
        Ok(Some(question(ctx, done).await?.into()))
    }

    /// Withdraws your own question that nobody has answered yet. 撤回疑问
    async fn incentive_question_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 疑问")] input: IncentiveQuestionWithdrawInput,
    ) -> Result<Option<IncentiveQuestionWithdrawPayload>> {
        let done = actions::question_withdraw(ctx.app(), ctx.call(), input.plain()).await;
        Ok(Some(question(ctx, done).await?.into()))
    }

    /// Takes a payout back as a whole that was made in error or that the bank returned: what was paid is owed again. Its lines stay, and
    /// each gets an entry that undoes it, booked today or on the first day that isn't locked. 冲销发放批次
    async fn incentive_payout_reverse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 发放批次及原因")] input: IncentivePayoutReverseInput,
    ) -> Result<Option<IncentivePayoutReversePayload>> {
        let done = actions::payout_reverse(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, incentive_payout as IncentivePayout)
    }
}
