//! Reading decisions and requirements, trying the ranking, and seeing whether work is shared fairly.

use async_graphql::{Context, Object, Result};
use chrono::TimeDelta;
use entity::{dispatch_decision, dispatch_requirement, team};

use super::inputs::{DispatchDecisionFilter, DispatchDecisionOrder, DispatchSimulateInput};
use super::reports::{DispatchBottlenecks, DispatchFairness};
use super::requirements::{
    DispatchRequirement, DispatchRequirementFilter, DispatchRequirementOrder,
};
use super::simulation::DispatchSimulation;
use super::types::DispatchDecision;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, DateTime, Id, PageArgs};
use crate::tickets::dispatch::{actions, store};

/// The queries about dispatch.
#[derive(Default)]
pub struct DispatchQuery;

#[Object]
impl DispatchQuery {
    /// The decision with this id; null when there is none within your reach. 按 ID 查询派单决策
    async fn dispatch_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision's id, `decision_...`.")] id: Id<dispatch_decision::Entity>,
    ) -> Result<Option<DispatchDecision>> {
        let reader = ctx.app().db.reader();
        let found = store::decision(reader, &ctx.call().viewer, id.uuid).await;
        Ok(found.on_field(ctx.call())?.map(DispatchDecision))
    }

    /// The decisions about tickets within your reach. 派单决策列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn dispatch_decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which decisions.")] filter: Option<DispatchDecisionFilter>,
        #[graphql(
            desc = "In which order; newest first when nothing is said.",
            default_with = "DispatchDecisionOrder::AtDesc"
        )]
        order_by: DispatchDecisionOrder,
    ) -> Result<Option<Connection<DispatchDecision>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        listing::<dispatch_decision::Entity, _>(
            ctx,
            page,
            filter.unwrap_or_default().plain(),
            order_by.into(),
            DispatchDecision,
        )
        .await
    }

    /// Which tickets need which skills. 派单技能要求列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn dispatch_requirements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which requirements.")] filter: Option<DispatchRequirementFilter>,
        #[graphql(
            desc = "In which order; by kind when nothing is said.",
            default_with = "DispatchRequirementOrder::KindAsc"
        )]
        order_by: DispatchRequirementOrder,
    ) -> Result<Option<Connection<DispatchRequirement>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        listing::<dispatch_requirement::Entity, _>(
            ctx,
            page,
            filter.unwrap_or_default().plain(),
            order_by.into(),
            DispatchRequirement,
        )
        .await
    }

    /// What the ranking would do with the waiting queue, or would have done in the past, by these weights and
    /// requirements. Nothing is written. The past is tried with the facts that were written down with each assignment;
    /// what an assignment to somebody else would have changed is carried on. 模拟派单
    async fn dispatch_simulate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is tried; the present figures on the queue when nothing is said.")]
        input: Option<DispatchSimulateInput>,
    ) -> Result<Option<DispatchSimulation>> {
        let (app, call) = (ctx.app(), ctx.call());
        let simulate = input.unwrap_or_default().plain().on_field(call)?;
        let found = actions::simulate(app, call, simulate).await;
        Ok(Some(found.on_field(call)?.into()))
    }

    /// How work was shared among those who are today in a team, or in all teams within your reach, against their fair
    /// shares by capacity. Counted are the decisions about tickets within your reach. Null when the team is out of reach.
    /// 派单公平性报告
    async fn dispatch_fairness(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this team.")] team_id: Option<Id<team::Entity>>,
        #[graphql(desc = "Since when; 30 days before `to` when nothing is said.")] from: Option<
            DateTime,
        >,
        #[graphql(desc = "Until when, not included; now when nothing is said. At most 366 days.")]
        to: Option<DateTime>,
    ) -> Result<Option<DispatchFairness>> {
        let (app, call) = (ctx.app(), ctx.call());
        let to = to.map_or(call.at, |to| to.0);
        let from = from.map_or(to - TimeDelta::days(30), |from| from.0);
        let report = actions::fairness(app, call, team_id.map(|id| id.uuid), (from, to)).await;
        Ok(report.on_field(call)?.map(Into::into))
    }

    /// Where work piles up now: tickets that wait for somebody, and members with much more or less work than their team.
    /// Null when the team is out of reach. 派单瓶颈
    async fn dispatch_bottlenecks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this team.")] team_id: Option<Id<team::Entity>>,
    ) -> Result<Option<DispatchBottlenecks>> {
        let (app, call) = (ctx.app(), ctx.call());
        let found = actions::bottlenecks(app, call, team_id.map(|id| id.uuid)).await;
        Ok(found.on_field(call)?.map(Into::into))
    }
}
