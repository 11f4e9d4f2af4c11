//! Scores, results, awards and what waits for a judge in the schema.

use async_graphql::{Context, Object, Result};
use entity::{contest_award, contest_entrant, contest_result, contest_score, member};

use super::types::{Contest, ContestEntrant, ContestRound};
use crate::error::Error;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::Member;
use crate::training::contests::store::Task;

/// What a judge gave an entrant in a round. 评委打分
pub struct ContestScore(pub contest_score::Model);

/// What a judge gave an entrant in a round. 评委打分
#[Object]
impl ContestScore {
    /// Its id, `contestscore_...`. 标识
    async fn id(&self) -> Id<contest_score::Entity> {
        Id::new(self.0.id)
    }

    /// The entrant. 选手
    async fn entrant(&self, ctx: &Context<'_>) -> Result<Option<ContestEntrant>> {
        let row = ctx.row::<contest_entrant::Entity>(self.0.entrant_id).await;
        Ok(row.on_field(ctx.call())?.map(ContestEntrant))
    }

    /// The judge; null when out of your reach. 评委
    async fn judge(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.judge_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The points for each criterion, in their order. 各项得分
    async fn points(&self, ctx: &Context<'_>) -> Result<Vec<Decimal>> {
        let points: Result<Vec<i64>, Error> =
            serde_json::from_value(self.0.points.clone()).map_err(Into::into);
        let points = points.on_field(ctx.call())?;
        Ok(points.into_iter().map(Into::into).collect())
    }

    /// What they come to by the weights, of a hundred. 总分（百分制）
    async fn total(&self) -> Decimal {
        self.0.total.into()
    }

    /// What the judge says to it. 评语
    async fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }

    /// The version to name as `expectedVersion` when it is given anew. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// What an entrant came to in a closed round. 轮次成绩
pub struct ContestResult(pub contest_result::Model);

/// What an entrant came to in a closed round. 轮次成绩
#[Object]
impl ContestResult {
    /// The entrant. 选手
    async fn entrant(&self, ctx: &Context<'_>) -> Result<Option<ContestEntrant>> {
        let row = ctx.row::<contest_entrant::Entity>(self.0.entrant_id).await;
        Ok(row.on_field(ctx.call())?.map(ContestEntrant))
    }

    /// Of a hundred; null without a score. 得分（百分制）
    async fn score(&self) -> Option<Decimal> {
        self.0.score.map(Into::into)
    }

    /// The place: as good ones share it, and as many are left out after them (1, 2, 2, 4); null without a score. 名次
    async fn rank(&self) -> Option<i32> {
        self.0.rank
    }

    /// Of how many scores it is. 评分数
    async fn scores(&self) -> i32 {
        self.0.scores
    }

    /// Came into the next round? 是否晋级
    async fn advanced(&self) -> bool {
        self.0.advanced
    }
}

/// A prize that somebody won; incentives take it up. 获奖记录
pub struct ContestAward(pub contest_award::Model);

/// A prize that somebody won; incentives take it up. 获奖记录
#[Object]
impl ContestAward {
    /// Its id, `award_...`. 标识
    async fn id(&self) -> Id<contest_award::Entity> {
        Id::new(self.0.id)
    }

    /// Who won it; null when out of your reach. 获奖人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The place in the whole contest. 总名次
    async fn rank(&self) -> i32 {
        self.0.rank
    }

    /// What the prize is called. 奖项名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 中文名称.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// When it was won. 获奖时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// An entrant who waits for your score. 待评选手
pub struct ContestJudgingTask(pub Task);

/// An entrant who waits for your score. 待评选手
#[Object]
impl ContestJudgingTask {
    /// The contest. 竞赛
    async fn contest(&self) -> Contest {
        Contest(self.0.contest.clone())
    }

    /// The round. 轮次
    async fn round(&self) -> ContestRound {
        ContestRound(self.0.round.clone())
    }

    /// The entrant. 选手
    async fn entrant(&self) -> ContestEntrant {
        ContestEntrant(self.0.entrant.clone())
    }
}
