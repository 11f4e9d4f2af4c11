//! Simulations in the schema, without what came out.

use async_graphql::{Context, Object, Result};
use entity::{incentive_rule_version, incentive_simulation};

use super::enums::{IncentivePeriod, IncentiveSimulationMode, IncentiveSimulationState};
use super::types::IncentiveRuleVersion;
use crate::error::Error;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Decimal, Id};
use crate::incentives::definitions::simulations::plan::{Plan, Vary};

/// Versions of rules tried on the past. 激励模拟
pub struct IncentiveSimulation(pub incentive_simulation::Model);

impl IncentiveSimulation {
    fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan: crate::error::Result<Plan> =
            serde_json::from_value(self.0.request.clone()).map_err(Error::from);
        plan.on_field(ctx.call())
    }
}

/// Versions of rules tried on the past. 激励模拟
#[Object]
impl IncentiveSimulation {
    /// Its id, `simulation_...`. 标识
    pub async fn id(&self) -> Id<incentive_simulation::Entity> {
        Id::new(self.0.id)
    }

    /// How far it is. 状态
    async fn state(&self) -> IncentiveSimulationState {
        self.0.state.into()
    }

    /// For which time the rules give that are tried. 周期
    async fn period(&self) -> IncentivePeriod {
        self.0.period.into()
    }

    /// The first day that is looked at. 起始日期
    async fn from(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let plan = self.plan(ctx)?;
        Ok(plan.spans.first().map(|span| span.from.into()))
    }

    /// The first day after those that are looked at. 截止日期（不含）
    async fn until(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let plan = self.plan(ctx)?;
        Ok(plan.spans.last().map(|span| span.to.into()))
    }

    /// How the candidates go together with the rules of the day on which it was asked for. 方式
    async fn mode(&self, ctx: &Context<'_>) -> Result<IncentiveSimulationMode> {
        Ok(self.plan(ctx)?.mode.into())
    }

    /// The versions that are tried. 候选版本
    async fn candidates(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveRuleVersion>> {
        let plan = self.plan(ctx)?;
        let rows = plan
            .candidates
            .iter()
            .map(|id| ctx.row::<incentive_rule_version::Entity>(*id));
        let rows = futures_util::future::try_join_all(rows).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows
            .into_iter()
            .flatten()
            .map(IncentiveRuleVersion)
            .collect())
    }

    /// How many rules were in force on the day on which it was asked for. 当时生效规则数
    async fn rules_in_force(&self, ctx: &Context<'_>) -> Result<i32> {
        let plan = self.plan(ctx)?;
        Ok(i32::try_from(plan.today.len()).unwrap_or(i32::MAX))
    }

    /// The parameter that is varied; null when none is. 参数敏感性
    async fn sensitivity(&self, ctx: &Context<'_>) -> Result<Option<IncentiveSensitivity>> {
        Ok(self.plan(ctx)?.vary.map(IncentiveSensitivity))
    }

    /// How many periods are done. 已完成周期数
    async fn done(&self) -> i32 {
        self.0.done
    }

    /// How many periods there are. 周期总数
    async fn total(&self) -> i32 {
        self.0.total
    }

    /// Why it couldn't be computed. 失败原因
    async fn failure(&self) -> Option<&str> {
        self.0.failure.as_deref()
    }

    /// Who asked for it, as the account was called then. 发起人
    async fn requested_by_name(&self) -> &str {
        &self.0.requested_by_name
    }

    /// When the worker began. 开始时间
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(Into::into)
    }

    /// When it ended. 结束时间
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
    }

    /// Is what it came to kept from everybody who doesn't see what all members are paid? So it is until somebody who does has
    /// looked at it and released it; until then `incentiveSimulationResult` is null for the others. 结果是否封存
    async fn sealed(&self) -> bool {
        self.0.released_at.is_none()
    }

    /// When what it came to was released; null while it is sealed. 公开时间
    async fn released_at(&self) -> Option<DateTime> {
        self.0.released_at.map(Into::into)
    }

    /// Who released it, as the account was called then. 公开人
    async fn released_by_name(&self) -> Option<&str> {
        self.0.released_by_name.as_deref()
    }

    /// When it was asked for. 发起时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last went on. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A parameter that is varied. 参数敏感性
pub struct IncentiveSensitivity(Vary);

/// A parameter that is varied. 参数敏感性
#[Object]
impl IncentiveSensitivity {
    /// Of which of the versions that are tried. 规则版本
    async fn version_id(&self) -> Id<incentive_rule_version::Entity> {
        Id::new(self.0.version)
    }

    /// Its key. 参数键
    async fn parameter(&self) -> &str {
        &self.0.parameter
    }

    /// The values that are tried. 取值
    async fn values(&self) -> Vec<Decimal> {
        self.0.values.iter().copied().map(Decimal).collect()
    }
}
