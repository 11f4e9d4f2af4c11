//! Proposals, rules and their versions in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::{RuleBallotKind as Kind, RuleProposalState as State};
use entity::{
    department, member, rule_ballot, rule_comment, rule_proposal, team, team_rule,
    team_rule_version,
};

use super::loaders::{ElectionOf, NoteOf, OutstandingOf, OwnVoteOn, TurnoutOf, VotesOn};
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::{Department, Member, Team};
use crate::organisation::today;
use crate::teamwork::charter::rules::life::in_force;
use crate::teamwork::charter::scope::circle_of_rule;
use crate::teamwork::charter::store::{ProposalsComments, RulesVersions};
use crate::teamwork::graphql::{
    CircleKind, RuleBallotKind, RuleProposalKind, RuleProposalState, RuleVoteChoice,
    RuleVoteOutcome,
};

/// How many voted how. 票数
#[derive(Clone, Copy, SimpleObject)]
pub struct RuleTally {
    /// For it. 赞成
    yes: i64,
    /// Against it. 反对
    no: i64,
    /// Neither. 弃权
    abstain: i64,
}

/// A proposal for a rule of a team, a department or the company. 管理规则提案
pub struct RuleProposal(pub rule_proposal::Model);

/// A proposal for a rule of a team, a department or the company. 管理规则提案
#[Object]
impl RuleProposal {
    /// Its id, `ruleproposal_...`. 标识
    pub async fn id(&self) -> Id<rule_proposal::Entity> {
        Id::new(self.0.id)
    }

    /// What it is for. 提案类型
    async fn kind(&self) -> RuleProposalKind {
        self.0.kind.into()
    }

    /// The rule that it changes or repeals, or has become. 对应规则
    async fn rule(&self, ctx: &Context<'_>) -> Result<Option<TeamRule>> {
        let Some(id) = self.0.rule_id else {
            return Ok(None);
        };
        let row = ctx.row::<team_rule::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(TeamRule))
    }

    /// For whom. 适用范围
    async fn circle(&self) -> CircleKind {
        self.0.circle.into()
    }

    /// The department, for one; null when out of your reach. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The team, for one; null when out of your reach. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// What the rule is called. 标题
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The text of the rule; null when it is to be repealed. 正文
    async fn body(&self) -> Option<&str> {
        Some(self.0.body.as_str()).filter(|body| !body.is_empty())
    }

    /// Why. 理由
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who learns how somebody voted. 表决方式
    async fn ballot(&self) -> RuleBallotKind {
        self.0.ballot.into()
    }

    /// So many percent of those who may vote must, abstentions included. 最低参与比例（%）
    async fn quorum_percent(&self) -> i32 {
        self.0.quorum_percent
    }

    /// More than so many percent of the yes and no must be yes. 通过比例（%，须超过）
    async fn majority_percent(&self) -> i32 {
        self.0.majority_percent
    }

    /// The first day on which it is to hold, or holds since it was adopted. 生效日期
    async fn in_force_from(&self) -> Date {
        self.0.in_force_from.into()
    }

    /// Who proposes it; null when out of your reach. 提案人
    async fn proposer(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.proposer_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// How far it is. 状态
    async fn state(&self) -> RuleProposalState {
        self.0.state.into()
    }

    /// When it was opened for comments. 开始征求意见时间
    async fn opened_at(&self) -> Option<DateTime> {
        self.0.opened_at.map(Into::into)
    }

    /// When the vote began. 表决开始时间
    async fn voting_from(&self) -> Option<DateTime> {
        self.0.voting_from.map(Into::into)
    }

    /// When the vote ends, exclusive. 表决截止时间
    async fn voting_until(&self) -> Option<DateTime> {
        self.0.voting_until.map(Into::into)
    }

    /// How many may vote: the members of the circle on the day on which the vote began. 有表决权人数
    async fn electors(&self) -> Option<i32> {
        self.0.electors
    }

    /// May you vote on it now? 本人可否投票
    async fn may_vote(&self, ctx: &Context<'_>) -> Result<bool> {
        let now = ctx.call().at;
        let on =
            self.0.state == State::Voting && self.0.voting_until.is_some_and(|until| now < until);
        if !on {
            return Ok(false);
        }
        let found = ctx.loads().load_one(ElectionOf(self.0.id)).await;
        Ok(found.map_err(shared).on_field(ctx.call())?.is_some())
    }

    /// How you voted; after a secret vote null, as the ballots are destroyed. 本人投票
    async fn my_vote(&self, ctx: &Context<'_>) -> Result<Option<RuleVoteChoice>> {
        let found = ctx.loads().load_one(OwnVoteOn(self.0.id)).await;
        Ok(found.map_err(shared).on_field(ctx.call())?.map(Into::into))
    }

    /// How many have voted; null before the vote, and of a secret vote with too few ballots to be shown. 已投票人数
    async fn turnout(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        if self.0.state != State::Voting {
            return Ok(self
                .tally_kept()
                .map(|tally| tally.yes + tally.no + tally.abstain));
        }
        let found = ctx.loads().load_one(TurnoutOf(self.0.id)).await;
        let found = found.map_err(shared).on_field(ctx.call())?;
        Ok(Some(found.unwrap_or(0)))
    }

    /// How many voted how: of an open vote at any time, of a secret one when it is over and enough have voted. 票数
    async fn tally(&self, ctx: &Context<'_>) -> Result<Option<RuleTally>> {
        if self.0.state != State::Voting || self.0.ballot == Kind::Secret {
            return Ok(self.tally_kept());
        }
        let votes = self.ballots(ctx).await?;
        let count = |choice| {
            let these = votes.iter().filter(|vote| vote.choice == choice).count();
            i64::try_from(these).unwrap_or(i64::MAX)
        };
        Ok(Some(RuleTally {
            yes: count(entity::enums::RuleVoteChoice::Yes),
            no: count(entity::enums::RuleVoteChoice::No),
            abstain: count(entity::enums::RuleVoteChoice::Abstain),
        }))
    }

    /// Who voted how, in the order of time; null of a secret vote, for whoever asks. 投票明细
    async fn votes(&self, ctx: &Context<'_>) -> Result<Option<Vec<RuleVote>>> {
        if self.0.ballot == Kind::Secret {
            return Ok(None);
        }
        let votes = self.ballots(ctx).await?;
        Ok(Some(votes.into_iter().map(RuleVote).collect()))
    }

    /// What the vote came to. 表决结果
    async fn outcome(&self) -> Option<RuleVoteOutcome> {
        self.0.outcome.map(Into::into)
    }

    /// When it was adopted, rejected or taken back. 结束时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// Why it was taken back. 撤回原因
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What is said about it, in the order of time. 意见
    async fn comments(&self, ctx: &Context<'_>) -> Result<Option<Vec<RuleComment>>> {
        let rows = rows_of::<ProposalsComments>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(RuleComment).collect()))
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

/// What somebody says about a proposal. 意见
pub struct RuleComment(pub rule_comment::Model);

/// What somebody says about a proposal. 意见
#[Object]
impl RuleComment {
    /// Its id, `rulecomment_...`. 标识
    pub async fn id(&self) -> Id<rule_comment::Entity> {
        Id::new(self.0.id)
    }

    /// Who says it, by the name of that time. 发表人姓名
    async fn author_name(&self) -> &str {
        &self.0.author_name
    }

    /// Who says it; null when out of your reach. 发表人
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.author_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What. 内容
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// When. 时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// How somebody voted in an open vote. 投票
pub struct RuleVote(pub rule_ballot::Model);

/// How somebody voted in an open vote. 投票
#[Object]
impl RuleVote {
    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// How. 表决意见
    async fn choice(&self) -> RuleVoteChoice {
        self.0.choice.into()
    }

    /// When, or when it was changed. 投票时间
    async fn cast_at(&self) -> DateTime {
        self.0.cast_at.into()
    }
}

/// A rule that a team, a department or the company has given itself. 管理规则
pub struct TeamRule(pub team_rule::Model);

/// A rule that a team, a department or the company has given itself. 管理规则
#[Object]
impl TeamRule {
    /// Its id, `teamrule_...`. 标识
    pub async fn id(&self) -> Id<team_rule::Entity> {
        Id::new(self.0.id)
    }

    /// For whom. 适用范围
    async fn circle(&self) -> CircleKind {
        self.0.circle.into()
    }

    /// The department, for one; null when out of your reach. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The team, for one; null when out of your reach. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// What it is called. 标题
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its texts, the latest first. 全部版本
    async fn versions(&self, ctx: &Context<'_>) -> Result<Option<Vec<TeamRuleVersion>>> {
        let rows = rows_of::<RulesVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(TeamRuleVersion).collect()))
    }

    /// The text that is in force on a day, today when none is named; null when none is. 生效版本
    async fn in_force(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day. 日期")] on: Option<Date>,
    ) -> Result<Option<TeamRuleVersion>> {
        let rows = rows_of::<RulesVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let texts: Vec<_> = rows
            .iter()
            .map(|row| (row.number, row.in_force_from))
            .collect();
        let day = on.map_or_else(|| today(ctx.call()), |on| on.0);
        let number = in_force(&texts, self.0.repealed_from, day);
        let text = rows.into_iter().find(|row| Some(row.number) == number);
        Ok(text.map(TeamRuleVersion))
    }

    /// The first day on which it no longer holds. 废止日期
    async fn repealed_from(&self) -> Option<Date> {
        self.0.repealed_from.map(Into::into)
    }

    /// Does it hold for you? 是否适用于本人
    async fn holds_for_me(&self, ctx: &Context<'_>) -> bool {
        circle_of_rule(&self.0).has(&ctx.call().viewer.standing)
    }

    /// Have you taken note of its latest text? 本人是否已确认
    async fn acknowledged(&self, ctx: &Context<'_>) -> Result<bool> {
        let found = ctx.loads().load_one(NoteOf(self.0.id)).await;
        Ok(found.map_err(shared).on_field(ctx.call())?.is_some())
    }

    /// Who hasn't taken note of its latest text, of the members whom your permission reaches, by their ids. 未确认成员
    async fn outstanding(&self, ctx: &Context<'_>) -> Result<Option<Vec<RuleOutstanding>>> {
        let found = ctx.loads().load_one(OutstandingOf(self.0.id)).await;
        let found = found.map_err(shared).on_field(ctx.call())?;
        let members = found.unwrap_or_default().into_iter();
        Ok(Some(
            members
                .map(|member_id| RuleOutstanding { member_id })
                .collect(),
        ))
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

/// A text of a rule, and from when it holds. 规则版本
pub struct TeamRuleVersion(pub team_rule_version::Model);

/// A text of a rule, and from when it holds. 规则版本
#[Object]
impl TeamRuleVersion {
    /// Its id, `ruleversion_...`. 标识
    pub async fn id(&self) -> Id<team_rule_version::Entity> {
        Id::new(self.0.id)
    }

    /// Counts from 1. 版本序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What the rule is called. 标题
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The text. 正文
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// The proposal that brought it; null when out of your reach. 提案
    async fn proposal(&self, ctx: &Context<'_>) -> Result<Option<RuleProposal>> {
        let row = ctx.row::<rule_proposal::Entity>(self.0.proposal_id).await;
        Ok(row.on_field(ctx.call())?.map(RuleProposal))
    }

    /// The first day on which it holds. 生效日期
    async fn in_force_from(&self) -> Date {
        self.0.in_force_from.into()
    }

    /// When it was adopted. 通过时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

impl RuleProposal {
    /// The figures that were kept when the vote ended.
    fn tally_kept(&self) -> Option<RuleTally> {
        Some(RuleTally {
            yes: self.0.yes?.into(),
            no: self.0.no?.into(),
            abstain: self.0.abstain?.into(),
        })
    }

    /// The ballots of an open vote.
    async fn ballots(&self, ctx: &Context<'_>) -> Result<Vec<rule_ballot::Model>> {
        let found = ctx.loads().load_one(VotesOn(self.0.id)).await;
        Ok(found
            .map_err(shared)
            .on_field(ctx.call())?
            .unwrap_or_default())
    }
}

/// Somebody who hasn't taken note of a rule. 未确认成员
pub struct RuleOutstanding {
    member_id: uuid::Uuid,
}

/// Somebody who hasn't taken note of a rule. 未确认成员
#[Object]
impl RuleOutstanding {
    /// Whose id it is. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.member_id)
    }

    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }
}
