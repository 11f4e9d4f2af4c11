//! Mutations of studies elsewhere and the ledger of hours.

use async_graphql::{Context, Object, Result};
use entity::{training_hour, training_study};

use super::shown;
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::actions;
use crate::training::graphql::hours::{TrainingHoursEntry, TrainingStudy};
use crate::training::graphql::inputs::hours::{
    TrainingHoursCorrectInput, TrainingStudyDecideInput, TrainingStudySubmitInput,
    TrainingStudyWithdrawInput,
};

mutation_payload!(
    TrainingStudySubmitPayload,
    study: TrainingStudy,
    "The study; null when nothing was changed. 外部学习"
);
mutation_payload!(
    TrainingStudyDecidePayload,
    study: TrainingStudy,
    "The study; null when nothing was changed. 外部学习"
);
mutation_payload!(
    TrainingStudyWithdrawPayload,
    study: TrainingStudy,
    "The study; null when nothing was changed. 外部学习"
);
mutation_payload!(
    TrainingHoursCorrectPayload,
    entry: TrainingHoursEntry,
    "The new entry; null when nothing was changed. 学时记录"
);

/// The mutations of studies elsewhere and the ledger of hours.
#[derive(Default)]
pub struct TrainingHoursMutation;

#[Object]
impl TrainingHoursMutation {
    /// Submits your own study elsewhere, with proof. 提交外部学习
    async fn training_study_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingStudySubmitInput,
    ) -> Result<Option<TrainingStudySubmitPayload>> {
        let key = input.idempotency_key.clone();
        let done =
            actions::study_submit(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        shown!(ctx, done, training_study as TrainingStudy)
    }

    /// Approves or refuses a study elsewhere; never your own. 审批外部学习
    async fn training_study_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingStudyDecideInput,
    ) -> Result<Option<TrainingStudyDecidePayload>> {
        let done = actions::study_decide(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_study as TrainingStudy)
    }

    /// Takes back your own study that waits for a decision. 撤回外部学习
    async fn training_study_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingStudyWithdrawInput,
    ) -> Result<Option<TrainingStudyWithdrawPayload>> {
        let done =
            actions::study_withdraw(ctx.app(), ctx.call(), input.id.uuid, input.expected_version)
                .await;
        shown!(ctx, done, training_study as TrainingStudy)
    }

    /// Puts an entry of the ledger right, or takes it back, by another entry; never your own. 更正学时
    async fn training_hours_correct(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: TrainingHoursCorrectInput,
    ) -> Result<Option<TrainingHoursCorrectPayload>> {
        let key = input.idempotency_key.clone();
        let done =
            actions::hours_correct(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        shown!(ctx, done, training_hour as TrainingHoursEntry)
    }
}
