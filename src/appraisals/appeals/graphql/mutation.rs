//! Taking note of results, appealing and deciding.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{appraisal, appraisal_appeal};

use super::types::AppraisalAppeal;
use crate::access::{Scoped, find};
use crate::appraisals::actions::common::Step;
use crate::appraisals::appeals::actions;
use crate::appraisals::graphql::Appraisal;
use crate::graphql::{Ask, Decimal, Id, Outcome};
use crate::mutation_payload;

mutation_payload!(AppraisalAcknowledgePayload, appraisal: Appraisal, "The appraisal; null when nothing was changed. 考核");
mutation_payload!(AppraisalAppealFilePayload, appeal: AppraisalAppeal, "The appeal; null when nothing was changed. 申诉");
mutation_payload!(AppraisalAppealWithdrawPayload, appeal: AppraisalAppeal, "The appeal; null when nothing was changed. 申诉");
mutation_payload!(AppraisalAppealDecidePayload, appeal: AppraisalAppeal, "The appeal; null when nothing was changed. 申诉");

/// A result to take note of. 确认结果
#[derive(Clone, InputObject)]
pub struct AppraisalAcknowledgeInput {
    /// The appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What you say to it, at most 4000 characters. 意见
    comment: Option<String>,
}

/// An appeal to file. 提出申诉
#[derive(Clone, InputObject)]
pub struct AppraisalAppealFileInput {
    /// About which appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Against which of its results, by number: the one that holds. 结果编号
    number: i32,
    /// Why, 1 to 4000 characters. 理由
    grounds: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// An appeal to withdraw. 撤回申诉
#[derive(Clone, InputObject)]
pub struct AppraisalAppealWithdrawInput {
    /// Which one. 申诉
    id: Id<appraisal_appeal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

/// A decision about an appeal. 裁定申诉
#[derive(Clone, InputObject)]
pub struct AppraisalAppealDecideInput {
    /// Which one. 申诉
    id: Id<appraisal_appeal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Is it right? 是否成立
    upheld: bool,
    /// The score that holds from now on, above the present one and within the template's cap and decimals; needed when it is upheld,
    /// absent otherwise. 新的得分
    score: Option<Decimal>,
    /// Why, 1 to 4000 characters; with a new score also the reason of that result. 裁定意见
    decision: String,
}

/// Decodes, calls, maps: what each mutation shows of the row that it left.
macro_rules! show {
    ($ctx:ident, $done:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map($view),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

/// The mutations about results that are out.
#[derive(Default)]
pub struct AppealMutation;

/// The mutations about results that are out.
#[Object]
impl AppealMutation {
    /// Takes note of your own result that holds, as long as the cycle is `PUBLISHED`, if need be after its last day for it; that
    /// isn't to agree. A further result is noted anew. 确认考核结果
    async fn appraisal_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which result, and what you say to it. 结果及意见")]
        input: AppraisalAcknowledgeInput,
    ) -> Result<Option<AppraisalAcknowledgePayload>> {
        let order = actions::Acknowledge {
            step: Step {
                id: input.id.uuid,
                expected_version: input.expected_version,
            },
            comment: input.comment,
        };
        let done = actions::acknowledge(ctx.app(), ctx.call(), &order).await;
        show!(ctx, done, appraisal as Appraisal)
    }

    /// Appeals against your own result that holds, until the cycle's last day for it; one appeal is open at a time. 提出考核申诉
    async fn appraisal_appeal_file(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Against what, and why. 结果及理由")] input: AppraisalAppealFileInput,
    ) -> Result<Option<AppraisalAppealFilePayload>> {
        let order = actions::AppealFile {
            appraisal_id: input.id.uuid,
            number: input.number,
            grounds: input.grounds,
        };
        let key = input.idempotency_key.as_deref();
        let done = actions::appeal_file(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, done, appraisal_appeal as AppraisalAppeal)
    }

    /// Withdraws your own appeal while it is open. 撤回考核申诉
    async fn appraisal_appeal_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 申诉")] input: AppraisalAppealWithdrawInput,
    ) -> Result<Option<AppraisalAppealWithdrawPayload>> {
        let step = Step {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let done = actions::appeal_withdraw(ctx.app(), ctx.call(), step).await;
        show!(ctx, done, appraisal_appeal as AppraisalAppeal)
    }

    /// Decides about an appeal: somebody who isn't involved does - not the member, not the reviewer, nobody who made or changed a
    /// result of this appraisal. When it is upheld a further result holds; the old one is kept. 裁定考核申诉
    async fn appraisal_appeal_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and how. 申诉及裁定")] input: AppraisalAppealDecideInput,
    ) -> Result<Option<AppraisalAppealDecidePayload>> {
        let order = actions::AppealDecide {
            step: Step {
                id: input.id.uuid,
                expected_version: input.expected_version,
            },
            upheld: input.upheld,
            score: input.score.map(|score| score.0),
            decision: input.decision,
        };
        let done = actions::appeal_decide(ctx.app(), ctx.call(), &order).await;
        show!(ctx, done, appraisal_appeal as AppraisalAppeal)
    }
}
