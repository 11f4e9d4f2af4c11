//! Reading proposals and rules.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{department, rule_proposal, team, team_rule};

use super::types::{RuleProposal, TeamRule};
use crate::graphql::errors::OnField;
use crate::graphql::filters::{IdFilter, StringFilter};
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::teamwork::charter::store;
use crate::teamwork::graphql::{RuleProposalKindFilter, RuleProposalStateFilter};

/// Which proposals. All given comparisons must hold. 提案筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct RuleProposalFilter {
    /// How far they are. 状态
    state: Option<RuleProposalStateFilter>,
    /// What they are for. 类型
    kind: Option<RuleProposalKindFilter>,
    /// For which team. 团队
    team_id: Option<IdFilter>,
    /// For which department. 部门
    department_id: Option<IdFilter>,
    /// About which rule. 对应规则
    rule_id: Option<IdFilter>,
    /// Your own, or those of others. 是否本人提出
    mine: Option<bool>,
}

impl RuleProposalFilter {
    fn plain(self) -> crate::error::Result<store::ProposalFilter> {
        let team = self
            .team_id
            .map(|it| it.of::<team::Entity>("filter.teamId"));
        let department = self.department_id;
        let department = department.map(|it| it.of::<department::Entity>("filter.departmentId"));
        let rule = self
            .rule_id
            .map(|it| it.of::<team_rule::Entity>("filter.ruleId"));
        Ok(store::ProposalFilter {
            state: self.state.map(Into::into),
            kind: self.kind.map(Into::into),
            team_id: team.transpose()?,
            department_id: department.transpose()?,
            rule_id: rule.transpose()?,
            mine: self.mine,
        })
    }
}

/// How proposals are sorted. 提案排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ProposalOrder")]
pub enum RuleProposalOrder {
    /// The latest first. 最新
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早
    CreatedAtAsc,
    /// The vote that ends first. 表决截止最早
    VotingUntilAsc,
}

/// Which rules. All given comparisons must hold. 规则筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TeamRuleFilter {
    /// What they are called. 标题
    title: Option<StringFilter>,
    /// For which team. 团队
    team_id: Option<IdFilter>,
    /// For which department. 部门
    department_id: Option<IdFilter>,
    /// Repealed, now or from a later day on, or not. 是否废止
    repealed: Option<bool>,
}

impl TeamRuleFilter {
    fn plain(self) -> crate::error::Result<store::RuleFilter> {
        let team = self
            .team_id
            .map(|it| it.of::<team::Entity>("filter.teamId"));
        let department = self.department_id;
        let department = department.map(|it| it.of::<department::Entity>("filter.departmentId"));
        Ok(store::RuleFilter {
            title: self.title.map(Into::into),
            team_id: team.transpose()?,
            department_id: department.transpose()?,
            repealed: self.repealed,
        })
    }
}

/// How rules are sorted. 规则排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RuleOrder")]
pub enum TeamRuleOrder {
    /// By title. 按标题
    #[default]
    TitleAsc,
    /// The latest first. 最新
    CreatedAtDesc,
}

/// The queries about proposals and rules.
#[derive(Default)]
pub struct CharterQuery;

/// The queries about proposals and rules.
#[Object]
impl CharterQuery {
    /// A proposal by id. 提案
    async fn rule_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<rule_proposal::Entity>,
    ) -> Result<Option<RuleProposal>> {
        let row = ctx.row::<rule_proposal::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(RuleProposal))
    }

    /// The proposals that concern you or that your permission reaches, and your own drafts. 提案列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn rule_proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<RuleProposalFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<RuleProposalOrder>,
    ) -> Result<Option<Connection<RuleProposal>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<rule_proposal::Entity, _>(ctx, args, filter, order, RuleProposal).await
    }

    /// A rule by id. 管理规则
    async fn team_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<team_rule::Entity>,
    ) -> Result<Option<TeamRule>> {
        let row = ctx.row::<team_rule::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(TeamRule))
    }

    /// The rules that hold for you or that your permission reaches. 管理规则列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn team_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TeamRuleFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<TeamRuleOrder>,
    ) -> Result<Option<Connection<TeamRule>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<team_rule::Entity, _>(ctx, args, filter, order, TeamRule).await
    }
}
