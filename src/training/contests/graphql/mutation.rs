//! Running, entering and judging contests.

use async_graphql::{Context, MergedObject, Object, Result};
use entity::{contest, contest_score};

use super::inputs::{
    ContestCancelInput, ContestConflictDeclareInput, ContestCreateInput, ContestEnterInput,
    ContestJudgesChangeInput, ContestOpenInput, ContestPublishInput, ContestReviseInput,
    ContestRoundCloseInput, ContestRoundOpenInput, ContestScoreGiveInput, ContestWithdrawInput,
};
use super::results::ContestScore;
use super::types::Contest;
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::contests::actions;
use crate::training::graphql::shown;

/// The mutations about contests.
#[derive(MergedObject, Default)]
pub struct ContestMutation(ContestRunMutation, ContestPeopleMutation);

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, contest: Contest, "The contest; null when nothing was changed. 竞赛");)*
    };
}

payloads!(
    ContestCreatePayload,
    ContestRevisePayload,
    ContestOpenPayload,
    ContestRoundOpenPayload,
    ContestRoundClosePayload,
    ContestPublishPayload,
    ContestCancelPayload,
    ContestJudgesChangePayload,
    ContestEnterPayload,
    ContestWithdrawPayload,
    ContestConflictDeclarePayload
);

mutation_payload!(
    ContestScoreGivePayload,
    score: ContestScore,
    "Your score; null when nothing was changed. 打分"
);

/// Running contests.
#[derive(Default)]
pub struct ContestRunMutation;

/// Running contests.
#[Object]
impl ContestRunMutation {
    /// Writes the draft of a contest. 新建竞赛
    async fn contest_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contest. 竞赛")] input: ContestCreateInput,
    ) -> Result<Option<ContestCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::contest_create(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Changes a draft as a whole. 修改竞赛草稿
    async fn contest_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be. 内容")] input: ContestReviseInput,
    ) -> Result<Option<ContestRevisePayload>> {
        let done = actions::contest_revise(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Lets members enter. 开放报名
    async fn contest_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 竞赛")] input: ContestOpenInput,
    ) -> Result<Option<ContestOpenPayload>> {
        let done = actions::contest_open(ctx.app(), ctx.call(), input.into()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Begins a round; with the first one nobody enters any more. 开始轮次
    async fn contest_round_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which round. 轮次")] input: ContestRoundOpenInput,
    ) -> Result<Option<ContestRoundOpenPayload>> {
        let done = actions::round_open(ctx.app(), ctx.call(), input.into()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Closes a round: everybody in it gets a place, and so many advance. 结束轮次
    async fn contest_round_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which round. 轮次")] input: ContestRoundCloseInput,
    ) -> Result<Option<ContestRoundClosePayload>> {
        let done = actions::round_close(ctx.app(), ctx.call(), input.into()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Publishes the results to those who took part, and gives the prizes. 公布成绩
    async fn contest_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 竞赛")] input: ContestPublishInput,
    ) -> Result<Option<ContestPublishPayload>> {
        let done = actions::contest_publish(ctx.app(), ctx.call(), input.into()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Calls a contest off. 取消竞赛
    async fn contest_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 竞赛及原因")] input: ContestCancelInput,
    ) -> Result<Option<ContestCancelPayload>> {
        let seen = input.seen();
        let done = actions::contest_cancel(ctx.app(), ctx.call(), seen, &input.reason).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Changes who judges; never those who take part. 安排评委
    async fn contest_judges_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who comes and goes. 评委变动")] input: ContestJudgesChangeInput,
    ) -> Result<Option<ContestJudgesChangePayload>> {
        let done = actions::judges_change(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, contest as Contest)
    }
}

/// Entering and judging contests.
#[derive(Default)]
pub struct ContestPeopleMutation;

/// Entering and judging contests.
#[Object]
impl ContestPeopleMutation {
    /// Enters a member in a contest that is open. 报名参赛
    async fn contest_enter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and in which. 报名")] input: ContestEnterInput,
    ) -> Result<Option<ContestEnterPayload>> {
        let key = input.idempotency_key.as_deref();
        let done = actions::enter(ctx.app(), ctx.call(), &input.plain(), key).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Gives an entry up. 退赛
    async fn contest_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entry. 报名")] input: ContestWithdrawInput,
    ) -> Result<Option<ContestWithdrawPayload>> {
        let done = actions::withdraw(ctx.app(), ctx.call(), input.into()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Declares a conflict of interest: that judge doesn't judge that entrant, and what was given doesn't count. 登记回避
    async fn contest_conflict_declare(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who doesn't judge whom. 回避")] input: ContestConflictDeclareInput,
    ) -> Result<Option<ContestConflictDeclarePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::conflict_declare(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, contest as Contest)
    }

    /// Scores an entrant as a judge, or scores anew: never oneself, nor where there is a conflict of interest. 评委打分
    async fn contest_score_give(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The score. 打分")] input: ContestScoreGiveInput,
    ) -> Result<Option<ContestScoreGivePayload>> {
        let done = actions::score_give(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, contest_score as ContestScore)
    }
}
