//! A contest with its rounds and people in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{contest, contest_conflict, contest_entrant, contest_round, exam, member};

use super::enums::{ContestRoundKind, ContestRoundState, ContestState};
use super::results::{ContestAward, ContestResult, ContestScore};
use crate::error::Error;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::{KnownMember, Member};
use crate::training::contests::rules::prizes::Prize;
use crate::training::contests::rules::scoring::Criterion;
use crate::training::contests::store::{
    ContestsAwards, ContestsConflicts, ContestsEntrants, ContestsJudges, ContestsRounds,
    RoundsResults, RoundsScores,
};
use crate::training::exams::graphql::Exam;

/// A prize for places. 奖项
#[derive(SimpleObject)]
pub struct ContestPrize {
    /// The first place that gets it. 起始名次
    from_rank: i32,
    /// The last one. 结束名次
    to_rank: i32,
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
}

/// What judges look at. 评分标准
#[derive(SimpleObject)]
pub struct ContestCriterion {
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
    /// The most points. 满分
    max_points: Decimal,
    /// How much it weighs beside the others. 权重
    weight: i64,
}

/// A skill contest. 技能竞赛
pub struct Contest(pub contest::Model);

/// A skill contest. 技能竞赛
#[Object]
impl Contest {
    /// Its id, `contest_...`. 标识
    pub async fn id(&self) -> Id<contest::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called. 名称
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// 中文名称.
    async fn title_zh(&self) -> &str {
        &self.0.title_zh
    }

    /// What it is about. 说明
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// What has become of it. 状态
    async fn state(&self) -> ContestState {
        self.0.state.into()
    }

    /// Who runs it; null when the member is out of your reach. 负责人
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.owner_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What ranks get. 奖项
    async fn prizes(&self, ctx: &Context<'_>) -> Result<Vec<ContestPrize>> {
        let prizes: Result<Vec<Prize>, Error> =
            serde_json::from_value(self.0.prizes.clone()).map_err(Into::into);
        let prizes = prizes.on_field(ctx.call())?.into_iter();
        Ok(prizes
            .map(|prize| ContestPrize {
                from_rank: prize.from_rank,
                to_rank: prize.to_rank,
                name: prize.name,
                name_zh: prize.name_zh,
            })
            .collect())
    }

    /// Its rounds, in their order. 轮次
    async fn rounds(&self, ctx: &Context<'_>) -> Result<Vec<ContestRound>> {
        let rows = rows_of::<ContestsRounds>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(ContestRound).collect())
    }

    /// Those who take part or gave up. 选手
    async fn entrants(&self, ctx: &Context<'_>) -> Result<Vec<ContestEntrant>> {
        let rows = rows_of::<ContestsEntrants>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(ContestEntrant).collect())
    }

    /// Those who judge, of those whom you may see. 评委
    async fn judges(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        let rows = rows_of::<ContestsJudges>(ctx, self.0.id).await;
        let mut judges = Vec::new();
        for row in rows.on_field(ctx.call())? {
            let member = ctx.row::<member::Entity>(row.member_id).await;
            judges.extend(member.on_field(ctx.call())?.map(Member));
        }
        Ok(Some(judges))
    }

    /// Declared conflicts of interest; for who runs the contest. 利益冲突回避
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<Option<Vec<ContestConflict>>> {
        let rows = rows_of::<ContestsConflicts>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(ContestConflict).collect()))
    }

    /// Who won what, the best first; there are none before it is published. 获奖名单
    async fn awards(&self, ctx: &Context<'_>) -> Result<Vec<ContestAward>> {
        let rows = rows_of::<ContestsAwards>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(ContestAward).collect())
    }

    /// When its results were published. 公布时间
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(Into::into)
    }

    /// Why it was called off. 取消原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A round of a contest. 赛程轮次
pub struct ContestRound(pub contest_round::Model);

/// A round of a contest. 赛程轮次
#[Object]
impl ContestRound {
    /// Its id, `contestround_...`. 标识
    async fn id(&self) -> Id<contest_round::Entity> {
        Id::new(self.0.id)
    }

    /// Its place, from 1. 序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What it is called. 名称
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// 中文名称.
    async fn title_zh(&self) -> &str {
        &self.0.title_zh
    }

    /// How it is scored. 计分方式
    async fn kind(&self) -> ContestRoundKind {
        self.0.kind.into()
    }

    /// The exam whose results are its scores; null when it is out of your reach. 考试
    async fn exam(&self, ctx: &Context<'_>) -> Result<Option<Exam>> {
        let Some(id) = self.0.exam_id else {
            return Ok(None);
        };
        let row = ctx.row::<exam::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Exam))
    }

    /// What judges score by. 评分标准
    async fn criteria(&self, ctx: &Context<'_>) -> Result<Vec<ContestCriterion>> {
        let criteria: Result<Vec<Criterion>, Error> =
            serde_json::from_value(self.0.criteria.clone()).map_err(Into::into);
        let criteria = criteria.on_field(ctx.call())?.into_iter();
        Ok(criteria
            .map(|one| ContestCriterion {
                name: one.name,
                name_zh: one.name_zh,
                max_points: one.max_points.into(),
                weight: one.weight,
            })
            .collect())
    }

    /// So many of the highest and as many of the lowest scores are left out. 去掉最高、最低分的个数
    async fn drop_each(&self) -> i32 {
        self.0.drop_each
    }

    /// Only when there are at least so many scores. 去分所需的最少评分数
    async fn drop_from(&self) -> i32 {
        self.0.drop_from
    }

    /// Of so many judges at least each entrant needs a score. 最少评委数
    async fn least_judges(&self) -> i32 {
        self.0.least_judges
    }

    /// So many come into the next round; null in the last one. 晋级人数
    async fn advance(&self) -> Option<i32> {
        self.0.advance
    }

    /// How far it is. 状态
    async fn state(&self) -> ContestRoundState {
        self.0.state.into()
    }

    /// When it was closed. 结束时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// What it came to, as far as you may see it: judges and who runs it once it is closed, those who took part once the contest
    /// is published. 轮次成绩
    async fn results(&self, ctx: &Context<'_>) -> Result<Option<Vec<ContestResult>>> {
        let rows = rows_of::<RoundsResults>(ctx, self.0.id).await;
        let mut rows = rows.on_field(ctx.call())?;
        rows.sort_by_key(|row| (row.rank.is_none(), row.rank, row.id));
        Ok(Some(rows.into_iter().map(ContestResult).collect()))
    }

    /// What judges gave, as far as you may see it: your own as a judge, all as who runs it, those that you got once the contest
    /// is published. 评委打分
    async fn scores(&self, ctx: &Context<'_>) -> Result<Option<Vec<ContestScore>>> {
        let rows = rows_of::<RoundsScores>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(ContestScore).collect()))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A member who takes part in a contest. 参赛选手
pub struct ContestEntrant(pub contest_entrant::Model);

/// A member who takes part in a contest. 参赛选手
#[Object]
impl ContestEntrant {
    /// Its id, `entrant_...`. 标识
    async fn id(&self) -> Id<contest_entrant::Entity> {
        Id::new(self.0.id)
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What the member is called: whoever sees the contest may know who takes part. 姓名
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let known = ctx.loads().load_one(KnownMember(self.0.member_id)).await;
        let known = known.map_err(shared).on_field(ctx.call())?;
        Ok(known.map(|member| member.name))
    }

    /// When the member gave up. 退赛时间
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A judge who doesn't judge an entrant. 利益冲突回避
pub struct ContestConflict(pub contest_conflict::Model);

/// A judge who doesn't judge an entrant. 利益冲突回避
#[Object]
impl ContestConflict {
    /// The judge; null when out of your reach. 评委
    async fn judge(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.judge_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The entrant. 选手
    async fn entrant(&self, ctx: &Context<'_>) -> Result<Option<ContestEntrant>> {
        let row = ctx.row::<contest_entrant::Entity>(self.0.entrant_id).await;
        Ok(row.on_field(ctx.call())?.map(ContestEntrant))
    }

    /// Why. 原因
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was declared. 登记时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
