//! Proposing trainings and deciding on them.

use async_graphql::{Context, Object, Result};
use entity::training_proposal;

use super::inputs::{
    TrainingProposalAcceptInput, TrainingProposalCreateInput, TrainingProposalDeclineInput,
};
use super::types::TrainingProposal;
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::graphql::shown;
use crate::training::needs::actions;

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, proposal: TrainingProposal, "The proposal; null when nothing was changed. 培训建议");)*
    };
}

payloads!(
    TrainingProposalCreatePayload,
    TrainingProposalAcceptPayload,
    TrainingProposalDeclinePayload
);

/// The mutations about proposals.
#[derive(Default)]
pub struct TrainingNeedMutation;

/// The mutations about proposals.
#[Object]
impl TrainingNeedMutation {
    /// Proposes a training for members, with the needs of today as evidence. 提出培训建议
    async fn training_proposal_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal. 建议")] input: TrainingProposalCreateInput,
    ) -> Result<Option<TrainingProposalCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::proposal_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, training_proposal as TrainingProposal)
    }

    /// Accepts a proposal: its members are enrolled in a session, or one is planned, by your rights for that. 采纳培训建议
    async fn training_proposal_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal, and what comes of it. 建议及落实方式")]
        input: TrainingProposalAcceptInput,
    ) -> Result<Option<TrainingProposalAcceptPayload>> {
        let done = actions::proposal_accept(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_proposal as TrainingProposal)
    }

    /// Declines a proposal with a reason. 不采纳培训建议
    async fn training_proposal_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal, and why. 建议及原因")] input: TrainingProposalDeclineInput,
    ) -> Result<Option<TrainingProposalDeclinePayload>> {
        let done = actions::proposal_decline(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, training_proposal as TrainingProposal)
    }
}
