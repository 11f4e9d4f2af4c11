//! Fairness and bottlenecks as clients see them.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime as At, Utc};
use entity::{member, team};

use super::enums::DispatchBalance;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime};
use crate::organisation::graphql::{Member, Team};
use crate::tickets::dispatch::actions::{Bottlenecks, Fairness, FairnessRow, Load};
use crate::tickets::dispatch::store::Queue;

/// Parts of a thousand as a part of one or a hundred.
fn scaled(per_thousand: u64, whole: f64) -> f64 {
    f64::from(u32::try_from(per_thousand).unwrap_or(u32::MAX)) * whole / 1_000.0
}

/// How work was shared in a stretch of time. 派单公平性报告
#[derive(SimpleObject)]
pub struct DispatchFairness {
    /// Since when. 起
    from: DateTime,
    /// Until when, not included. 止
    to: DateTime,
    /// Tickets received by all. 接单总数
    received: u64,
    /// 0 when everybody received by their capacity, towards 1 when one received everything. With x = received / capacity
    /// of n members with capacity: the sum of |x(i) - x(j)| over all pairs, each both ways, / (2 · n · sum of x). Null for
    /// fewer than two such members, or when nothing was received. 基尼系数
    gini: Option<f64>,
    /// Member by member, who received most first. 逐人统计
    members: Vec<DispatchFairnessMember>,
}

impl From<Fairness> for DispatchFairness {
    fn from(report: Fairness) -> Self {
        Self {
            from: report.from.into(),
            to: report.to.into(),
            received: report.received,
            gini: report.gini.map(|gini| scaled(gini, 1.0)),
            members: report
                .rows
                .into_iter()
                .map(DispatchFairnessMember)
                .collect(),
        }
    }
}

/// What one member received. 单个成员的接单统计
pub struct DispatchFairnessMember(FairnessRow);

/// What one member received. 单个成员的接单统计
#[Object]
impl DispatchFairnessMember {
    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        Ok(ctx
            .row::<member::Entity>(self.0.member)
            .await
            .on_field(ctx.call())?
            .map(Member))
    }

    /// Tickets received, each counted once. 接单数
    async fn received(&self) -> u64 {
        self.0.received.tickets
    }

    /// The same weighted by priority: low 0.5, normal 1, high 1.5, urgent 2. 加权工作量
    async fn weighted_work(&self) -> f64 {
        // Weights are counted in halves.
        scaled(self.0.received.weight, 500.0)
    }

    /// Percent of all tickets received. 实际占比（%）
    async fn share_percent(&self) -> f64 {
        scaled(self.0.share, 100.0)
    }

    /// Percent that would be fair: the member's part of the capacity of all. 公平占比（%）
    async fn fair_share_percent(&self) -> f64 {
        scaled(self.0.fair_share, 100.0)
    }

    /// Open tickets now. 当前未结工单数
    async fn open_now(&self) -> u64 {
        self.0.open
    }

    /// Open tickets at most. 工单容量
    async fn capacity(&self) -> u64 {
        self.0.capacity
    }
}

/// Where work piles up now. 派单瓶颈
#[derive(SimpleObject)]
pub struct DispatchBottlenecks {
    /// When this was so. 时间
    at: DateTime,
    /// Tickets that wait for somebody, by team, and open ones whose assignee has no assignment today; whose oldest has waited
    /// longest first. 待派工单
    queues: Vec<DispatchQueue>,
    /// Members with too much work, most first, and then with too little; at most 200. 负荷不均的成员
    members: Vec<DispatchLoad>,
}

impl From<Bottlenecks> for DispatchBottlenecks {
    fn from(found: Bottlenecks) -> Self {
        let at = found.at;
        Self {
            at: at.into(),
            queues: found
                .queues
                .into_iter()
                .map(|queue| DispatchQueue { queue, at })
                .collect(),
            members: found.members.into_iter().map(DispatchLoad).collect(),
        }
    }
}

/// The tickets of a team that wait for somebody. 团队的待派工单
pub struct DispatchQueue {
    queue: Queue,
    at: At<Utc>,
}

/// The tickets of a team that wait for somebody. 团队的待派工单
#[Object]
impl DispatchQueue {
    /// The team; null for tickets without one. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.queue.team else {
            return Ok(None);
        };
        Ok(ctx
            .row::<team::Entity>(id)
            .await
            .on_field(ctx.call())?
            .map(Team))
    }

    /// How many wait. 待派数
    async fn waiting(&self) -> u64 {
        self.queue.waiting
    }

    /// How many of them are urgent. 紧急待派数
    async fn urgent(&self) -> u64 {
        self.queue.urgent
    }

    /// When the oldest was opened. 最早创建时间
    async fn oldest_opened_at(&self) -> DateTime {
        self.queue.oldest.into()
    }

    /// How long ago that was, in seconds. 最长等待秒数
    async fn oldest_waited_seconds(&self) -> i64 {
        (self.at - self.queue.oldest).num_seconds().max(0)
    }
}

/// A member with much more or much less work than the team. 成员负荷
pub struct DispatchLoad(Load);

/// A member with much more or much less work than the team. 成员负荷
#[Object]
impl DispatchLoad {
    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        Ok(ctx
            .row::<member::Entity>(self.0.member)
            .await
            .on_field(ctx.call())?
            .map(Member))
    }

    /// The team that it is compared with. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        Ok(ctx
            .row::<team::Entity>(self.0.team)
            .await
            .on_field(ctx.call())?
            .map(Team))
    }

    /// Open tickets now. 当前未结工单数
    async fn open_tickets(&self) -> u64 {
        self.0.open
    }

    /// Open tickets at most. 工单容量
    async fn capacity(&self) -> u64 {
        self.0.capacity
    }

    /// Open tickets of those at most, in percent. 负荷率（%）
    async fn percent(&self) -> u64 {
        self.0.percent
    }

    /// The same for the whole team. 团队负荷率（%）
    async fn team_percent(&self) -> u64 {
        self.0.of_team
    }

    /// Too much or too little? 负荷状况
    async fn balance(&self) -> DispatchBalance {
        self.0.balance.into()
    }
}
