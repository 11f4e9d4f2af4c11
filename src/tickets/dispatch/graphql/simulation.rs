//! What a simulation found, as clients see it.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::member;
use uuid::Uuid;

use super::candidates::{DispatchCandidate, DispatchExclusionCount, counts};
use super::types::DispatchWeights;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime};
use crate::organisation::graphql::Member;
use crate::tickets::dispatch::actions::{MemberTrial, Simulation, TicketTrial};
use crate::tickets::dispatch::rules::{Why, count};
use crate::tickets::graphql::Ticket;

/// What the ranking would do, or would have done. 模拟派单结果
#[derive(SimpleObject)]
pub struct DispatchSimulation {
    /// The weights that were tried. 权重
    weights: DispatchWeights,
    /// How many tickets were looked at. 工单数
    considered: usize,
    /// How many past assignments would have gone to somebody else, or to nobody; 0 for the queue. 不同的决策数
    differing: usize,
    /// How many tickets nobody could have. 无人可接的工单数
    without_anybody: usize,
    /// Ticket by ticket in turn: the whole queue; of the past those that differ, at most 100. 逐单结果
    tickets: Vec<DispatchTrial>,
    /// Member by member, who would get most first. 逐人结果
    members: Vec<DispatchTrialMember>,
}

impl From<Simulation> for DispatchSimulation {
    fn from(found: Simulation) -> Self {
        Self {
            weights: found.weights.into(),
            considered: found.considered,
            differing: found.differing,
            without_anybody: found.nobody,
            tickets: found.tickets.into_iter().map(DispatchTrial::from).collect(),
            members: found.members.into_iter().map(DispatchTrialMember).collect(),
        }
    }
}

/// What would become of one ticket. 单个工单的模拟结果
pub struct DispatchTrial {
    ticket: entity::ticket::Model,
    at: chrono::DateTime<chrono::Utc>,
    actual: Option<Uuid>,
    chosen: Option<Uuid>,
    exclusions: std::collections::BTreeMap<entity::enums::Exclusion, u32>,
    ranking: Vec<crate::tickets::dispatch::rules::Judged>,
}

impl From<TicketTrial> for DispatchTrial {
    fn from(trial: TicketTrial) -> Self {
        let exclusions = count(
            trial
                .ranking
                .iter()
                .filter_map(|judged| judged.why().map(Why::exclusion)),
        );
        Self {
            ticket: trial.ticket,
            at: trial.at,
            actual: trial.actual,
            chosen: trial.chosen,
            exclusions,
            ranking: trial.ranking,
        }
    }
}

async fn member(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Member>> {
    let Some(id) = id else { return Ok(None) };
    Ok(ctx
        .row::<member::Entity>(id)
        .await
        .on_field(ctx.call())?
        .map(Member))
}

/// What would become of one ticket. 单个工单的模拟结果
#[Object]
impl DispatchTrial {
    /// The ticket as it is now; null when you may not see it. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        Ok(ctx
            .row::<entity::ticket::Entity>(self.ticket.id)
            .await
            .on_field(ctx.call())?
            .map(Ticket))
    }

    /// When it was given out; now for the queue. 派单时间
    async fn at(&self) -> DateTime {
        self.at.into()
    }

    /// Who got it in the past; null for the queue, or when out of your reach. 实际接单人
    async fn actual(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        member(ctx, self.actual).await
    }

    /// Could anybody have it? 是否有人可接
    async fn given(&self) -> bool {
        self.chosen.is_some()
    }

    /// Who would get it; null when nobody could, or when out of your reach. 模拟接单人
    async fn chosen(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        member(ctx, self.chosen).await
    }

    /// Everybody who comes into question: the ranked ones by their place, then the excluded ones. 候选人
    async fn candidates(&self) -> Vec<DispatchCandidate> {
        self.ranking
            .iter()
            .cloned()
            .map(DispatchCandidate::from)
            .collect()
    }

    /// How many are excluded for each reason. 排除统计
    async fn exclusions(&self) -> Vec<DispatchExclusionCount> {
        counts(self.exclusions.clone())
    }
}

/// What a member would get. 单个成员的模拟结果
pub struct DispatchTrialMember(MemberTrial);

/// What a member would get. 单个成员的模拟结果
#[Object]
impl DispatchTrialMember {
    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        member(ctx, Some(self.0.member)).await
    }

    /// Tickets received in the past; 0 for the queue. 实际接单数
    async fn actual(&self) -> u32 {
        self.0.actual
    }

    /// Tickets that they would get. 模拟接单数
    async fn simulated(&self) -> u32 {
        self.0.simulated
    }
}
