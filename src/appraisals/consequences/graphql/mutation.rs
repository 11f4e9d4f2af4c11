//! Proposing and deciding.

use async_graphql::{Context, Object, Result};
use uuid::Uuid;

use super::inputs::{AppraisalProposalDecideInput, AppraisalProposeInput};
use super::proposals::AppraisalProposal;
use crate::appraisals::consequences::actions;
use crate::error;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

mutation_payload!(AppraisalProposePayload, proposal: AppraisalProposal, "The proposal, if you may read it; null when nothing was changed. 结果应用建议");
mutation_payload!(AppraisalProposalDecidePayload, proposal: AppraisalProposal, "The proposal, if you may read it; null when nothing was changed. 结果应用建议");

/// The mutations about what follows from results.
#[derive(Default)]
pub struct ConsequenceMutation;

/// What a mutation shows of the proposal that it left.
async fn shown(ctx: &Context<'_>, done: error::Result<Uuid>) -> Result<Outcome<AppraisalProposal>> {
    let (app, call) = (ctx.app(), ctx.call());
    let row = match done {
        Ok(id) => actions::proposal(&app.db, call, id).await,
        Err(error) => Err(error),
    };
    let outcome = Outcome::from_result(call, row)?;
    Ok(Outcome {
        value: outcome.value.flatten().map(AppraisalProposal),
        user_errors: outcome.user_errors,
    })
}

/// The mutations about what follows from results.
#[Object]
impl ConsequenceMutation {
    /// Proposes something from a result that is out: as its reviewer with `appraisal.review`, or with `appraisal.calibrate`; never
    /// about yourself. 提出结果应用建议
    async fn appraisal_propose(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From which result, and what. 考核及建议")] input: AppraisalProposeInput,
    ) -> Result<Option<AppraisalProposePayload>> {
        let key = input.idempotency_key.clone();
        let done = actions::propose(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        Ok(Some(shown(ctx, done).await?.into()))
    }

    /// Decides about a proposal that somebody else made; never one about yourself. 审批结果应用建议
    async fn appraisal_proposal_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and how. 建议及结论")] input: AppraisalProposalDecideInput,
    ) -> Result<Option<AppraisalProposalDecidePayload>> {
        let done = actions::decide(ctx.app(), ctx.call(), &input.plain()).await;
        Ok(Some(shown(ctx, done).await?.into()))
    }
}
