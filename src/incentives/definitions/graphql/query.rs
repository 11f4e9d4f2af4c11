//! Reading rules, facts, templates and simulations.

use async_graphql::{Context, Object, Result};
use entity::{incentive_rule, incentive_simulation};

use super::catalogue::{IncentiveFact, IncentiveRuleCheck, IncentiveTemplate};
use super::enums::{IncentiveFactLevel, IncentiveRuleOrder, IncentiveSimulationOrder};
use super::inputs::IncentiveRuleContentInput;
use super::orders::{IncentiveRuleFilter, IncentiveSimulationFilter};
use super::outcome::IncentiveSimulationResult;
use super::simulation::IncentiveSimulation;
use super::types::IncentiveRule;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::incentives::definitions::actions;
use crate::incentives::definitions::simulations::actions::{Eyes, simulation_result};

/// The queries about incentive rules.
#[derive(Default)]
pub struct IncentiveRuleQuery;

/// The queries about incentive rules.
#[Object]
impl IncentiveRuleQuery {
    /// A rule by id; null when there is none within your reach. 激励规则
    async fn incentive_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<incentive_rule::Entity>,
    ) -> Result<Option<IncentiveRule>> {
        let row = ctx.row::<incentive_rule::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(IncentiveRule))
    }

    /// Rules: who gets what for what. Who doesn't see all of them sees those that give awards, or did. 激励规则列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn incentive_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<IncentiveRuleFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<IncentiveRuleOrder>,
    ) -> Result<Option<Connection<IncentiveRule>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<incentive_rule::Entity, _>(ctx, args, filter, order, IncentiveRule).await
    }

    /// Everything that rules can ask about, by key. 事实目录
    async fn incentive_facts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those about this. 层级")] level: Option<IncentiveFactLevel>,
    ) -> Result<Option<Vec<IncentiveFact>>> {
        let found = actions::facts(ctx.app(), ctx.call(), level.map(Into::into)).await;
        let found = found.on_field(ctx.call())?;
        Ok(Some(found.into_iter().map(IncentiveFact).collect()))
    }

    /// Rules to begin with, with money in the company's currency. 规则模板
    async fn incentive_templates(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<Vec<IncentiveTemplate>>> {
        let found = actions::templates(ctx.app(), ctx.call()).await;
        let found = found.on_field(ctx.call())?;
        Ok(Some(found.into_iter().map(Into::into).collect()))
    }

    /// Every mistake in a content, each with its place, without saving it. 检查规则内容
    async fn incentive_rule_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What a rule would say. 内容")] content: IncentiveRuleContentInput,
    ) -> Result<Option<IncentiveRuleCheck>> {
        let found = actions::rule_check(ctx.app(), ctx.call(), &content.into()).await;
        Ok(Some(IncentiveRuleCheck(found.on_field(ctx.call())?)))
    }

    /// A simulation by id; null when there is none within your reach. 激励模拟
    async fn incentive_simulation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<incentive_simulation::Entity>,
    ) -> Result<Option<IncentiveSimulation>> {
        let row = ctx.row::<incentive_simulation::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(IncentiveSimulation))
    }

    /// What a simulation came to; null before it has ended, when there is none within your reach, and while it is `sealed` unless you
    /// see what all members are paid. 模拟结果
    async fn incentive_simulation_result(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which one. 标识")] id: Id<incentive_simulation::Entity>,
        #[graphql(
            desc = "As whoever sees nobody's pay would see it once it is released: look at it before you release it. 按公开后的样式查看",
            default
        )]
        as_released: bool,
    ) -> Result<Option<IncentiveSimulationResult>> {
        let eyes = if as_released {
            Eyes::Released
        } else {
            Eyes::Own
        };
        let found = simulation_result(&ctx.app().db, ctx.call(), id.uuid, eyes).await;
        Ok(found.on_field(ctx.call())?.map(IncentiveSimulationResult))
    }

    /// Simulations. 激励模拟列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn incentive_simulations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<IncentiveSimulationFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<IncentiveSimulationOrder>,
    ) -> Result<Option<Connection<IncentiveSimulation>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<incentive_simulation::Entity, _>(ctx, args, filter, order, IncentiveSimulation)
            .await
    }
}
