//! Changing proposals, voting, taking note.

use async_graphql::{Context, Object, Result};
use entity::{rule_proposal, team_rule};

use super::inputs::{
    RuleAcknowledgeInput, RuleCommentAddInput, RuleProposalCreateInput, RuleProposalOpenInput,
    RuleProposalUpdateInput, RuleProposalWithdrawInput, RuleVoteBeginInput, RuleVoteCastInput,
};
use super::types::{RuleProposal, TeamRule};
use crate::graphql::Ask;
use crate::mutation_payload;
use crate::teamwork::charter::actions;
use crate::teamwork::graphql::shown;

mutation_payload!(
    RuleProposalCreatePayload,
    proposal: RuleProposal,
    "The proposal; null when nothing was changed. 提案"
);
mutation_payload!(
    RuleProposalUpdatePayload,
    proposal: RuleProposal,
    "The proposal; null when nothing was changed. 提案"
);
mutation_payload!(
    RuleProposalOpenPayload,
    proposal: RuleProposal,
    "The proposal; null when nothing was changed. 提案"
);
mutation_payload!(
    RuleProposalWithdrawPayload,
    proposal: RuleProposal,
    "The proposal; null when nothing was changed. 提案"
);
mutation_payload!(
    RuleCommentAddPayload,
    proposal: RuleProposal,
    "The proposal; null when nothing was changed. 提案"
);
mutation_payload!(
    RuleVoteBeginPayload,
    proposal: RuleProposal,
    "The proposal; null when nothing was changed. 提案"
);
mutation_payload!(
    RuleVoteCastPayload,
    proposal: RuleProposal,
    "The proposal; null when nothing was changed. 提案"
);
mutation_payload!(
    RuleAcknowledgePayload,
    rule: TeamRule,
    "The rule; null when nothing was changed. 管理规则"
);

/// The mutations of proposals and rules.
#[derive(Default)]
pub struct CharterMutation;

/// The mutations of proposals and rules.
#[Object]
impl CharterMutation {
    /// Writes a proposal as a draft that only you see: for a new rule, for another text of one, or for its end. 起草提案
    async fn rule_proposal_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal. 提案内容")] input: RuleProposalCreateInput,
    ) -> Result<Option<RuleProposalCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::proposal_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, rule_proposal as RuleProposal)
    }

    /// Changes your proposal while it isn't voted on. 修改提案
    async fn rule_proposal_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and all of it anew. 标识及新内容")]
        input: RuleProposalUpdateInput,
    ) -> Result<Option<RuleProposalUpdatePayload>> {
        let (id, version) = (input.id.uuid, input.expected_version);
        let words = input.words();
        let done = actions::proposal_update(ctx.app(), ctx.call(), id, version, &words).await;
        shown!(ctx, done, rule_proposal as RuleProposal)
    }

    /// Opens your draft for comments: those for whom it is meant see it. 提交征求意见
    async fn rule_proposal_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] input: RuleProposalOpenInput,
    ) -> Result<Option<RuleProposalOpenPayload>> {
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = actions::proposal_open(ctx.app(), ctx.call(), id, version).await;
        shown!(ctx, done, rule_proposal as RuleProposal)
    }

    /// Takes your proposal back before it is voted on. 撤回提案
    async fn rule_proposal_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 标识及原因")] input: RuleProposalWithdrawInput,
    ) -> Result<Option<RuleProposalWithdrawPayload>> {
        let order = actions::ProposalWithdraw {
            id: input.id.uuid,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        let done = actions::proposal_withdraw(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, rule_proposal as RuleProposal)
    }

    /// Says something about a proposal that is open for comments. 发表意见
    async fn rule_comment_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal and the comment. 提案及意见")] input: RuleCommentAddInput,
    ) -> Result<Option<RuleCommentAddPayload>> {
        let key = input.idempotency_key.as_deref();
        let order = actions::CommentAdd {
            proposal_id: input.proposal_id.uuid,
            body: input.body,
        };
        let done = actions::comment_add(ctx.app(), ctx.call(), &order, key).await;
        shown!(ctx, done, rule_proposal as RuleProposal)
    }

    /// Puts a proposal within your reach to the vote: whoever is in its circle today may vote. 发起表决
    async fn rule_vote_begin(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and until when. 标识及截止时间")] input: RuleVoteBeginInput,
    ) -> Result<Option<RuleVoteBeginPayload>> {
        let order = actions::VoteBegin {
            id: input.id.uuid,
            expected_version: input.expected_version,
            until: input.until.map(|until| until.0),
        };
        let done = actions::vote_begin(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, rule_proposal as RuleProposal)
    }

    /// Votes on a proposal, or changes your vote until the end. 投票
    async fn rule_vote_cast(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal, and how you vote. 提案及表决意见")]
        input: RuleVoteCastInput,
    ) -> Result<Option<RuleVoteCastPayload>> {
        let order = actions::VoteCast {
            id: input.id.uuid,
            expected_version: input.expected_version,
            choice: input.choice.into(),
        };
        let done = actions::vote_cast(ctx.app(), ctx.call(), order).await;
        shown!(ctx, done, rule_proposal as RuleProposal)
    }

    /// Takes note of the latest text of a rule that holds for you. 确认已阅
    async fn rule_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rule. 规则标识")] input: RuleAcknowledgeInput,
    ) -> Result<Option<RuleAcknowledgePayload>> {
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = actions::acknowledge(ctx.app(), ctx.call(), id, version).await;
        shown!(ctx, done, team_rule as TeamRule)
    }
}
