//! A goal in the schema.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{department, goal, member, region, team};

use super::enums::{GoalBound, GoalPopulation, GoalState};
use super::loaders::LookAt;
use super::progress::{GoalAlert, GoalProgress};
use crate::error::Error;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Decimal, Id};
use crate::metrics::definitions::graphql::{Metric, MetricByKey, NameOfMetric};
use crate::metrics::goals::actions::Look;
use crate::metrics::goals::store::GoalsAlerts;
use crate::organisation::graphql::{Department, Member, Region, Team};

/// What is to be reached by when, measured by a metric (SMART). 目标
pub struct Goal(pub Arc<goal::Model>);

impl From<goal::Model> for Goal {
    fn from(row: goal::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// What is to be reached by when, measured by a metric (SMART). 目标
#[Object]
impl Goal {
    /// Its id, `goal_...`. 标识
    pub async fn id(&self) -> Id<goal::Entity> {
        Id::new(self.0.id)
    }

    /// What it is called. 名称
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its name in Chinese. 中文名称
    async fn title_zh(&self) -> Option<&str> {
        self.0.title_zh.as_deref()
    }

    /// What exactly is to be reached. 具体内容
    async fn specific(&self) -> &str {
        &self.0.specific
    }

    /// Why it matters. 相关性
    async fn relevant(&self) -> &str {
        &self.0.relevant
    }

    /// How it is to be reached. 实现途径
    async fn achievable(&self) -> &str {
        &self.0.achievable
    }

    /// The key of the metric that measures it. 指标键
    async fn metric_key(&self) -> &str {
        &self.0.metric_key
    }

    /// The metric that measures it, in use or retired. 指标
    async fn metric(&self, ctx: &Context<'_>) -> Result<Option<Metric>> {
        let key = MetricByKey(self.0.metric_key.clone());
        let found = ctx.loads().load_one(key).await.map_err(shared);
        Ok(found.on_field(ctx.call())?.map(Metric))
    }

    /// What that metric is called, in your language; null when it isn't used any more. 指标名称
    async fn metric_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = ctx.call();
        let key = NameOfMetric(self.0.metric_key.clone());
        let found = ctx.loads().load_one(key).await.map_err(shared);
        let name = found.on_field(call)?;
        Ok(name.map(|name| name.in_locale(call.locale).to_owned()))
    }

    /// On which side of the target the figure has to end. 方向
    async fn bound(&self) -> GoalBound {
        self.0.bound.into()
    }

    /// The target in the metric's unit. 目标值
    async fn target(&self) -> Decimal {
        self.0.target.into()
    }

    /// Whose figures it is about. 范围
    async fn population(&self) -> GoalPopulation {
        self.0.population.into()
    }

    /// The department, when it is one's goal. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The region, when it is one's goal. 区域
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        let Some(id) = self.0.region_id else {
            return Ok(None);
        };
        let row = ctx.row::<region::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Region))
    }

    /// The team, when it is one's goal. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The member, when it is one's goal; null also when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The first day that counts. 开始日期
    async fn from(&self) -> Date {
        self.0.from_day.into()
    }

    /// The deadline: the first day that doesn't count any more. 截止日期（不含）
    async fn until(&self) -> Date {
        self.0.until_day.into()
    }

    /// Who answers for it; null when the member is out of your reach. 负责人
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.owner_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What has become of it. 状态
    async fn state(&self) -> GoalState {
        self.0.state.into()
    }

    /// Why it was last changed while it was pursued, or given up. 原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Since when it is pursued. 启用时间
    async fn activated_at(&self) -> Option<DateTime> {
        self.0.activated_at.map(Into::into)
    }

    /// When it ended. 结束时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// The final figure; null until it is closed, when nothing was measured, and when it is withheld. 最终值
    async fn result(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        let Some(result) = self.0.result else {
            return Ok(None);
        };
        Ok(self.may_see(ctx).await?.then(|| result.into()))
    }

    /// Since when it is off course; null while it isn't. 偏离起始时间
    async fn off_course_since(&self) -> Option<DateTime> {
        self.0.off_course_since.map(Into::into)
    }

    /// How it stands: the figure, what is needed, the forecast. Of a draft as if it were pursued, of a closed goal as it was
    /// closed. Null when its metric isn't used any more. 进度与预测
    async fn progress(&self, ctx: &Context<'_>) -> Result<Option<GoalProgress>> {
        let look = self.look(ctx).await?;
        let withheld = !look.shown;
        let progress = |(course, day)| GoalProgress::of(course, day, withheld);
        Ok(look.course.map(progress))
    }

    /// What was told about it, the latest first. 提醒记录
    async fn alerts(&self, ctx: &Context<'_>) -> Result<Option<Vec<GoalAlert>>> {
        let rows = rows_of::<GoalsAlerts>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let withheld = !rows.is_empty() && !self.may_see(ctx).await?;
        let alert = |row| GoalAlert { row, withheld };
        Ok(Some(rows.into_iter().map(alert).collect()))
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

impl Goal {
    /// How it stands, for this viewer.
    async fn look(&self, ctx: &Context<'_>) -> Result<Look> {
        let call = ctx.call();
        let key = LookAt(Arc::clone(&self.0));
        let looked = ctx.loads().load_one(key).await.map_err(shared);
        let missing = || Error::internal("a goal that wasn't looked at");
        looked
            .and_then(|look| look.ok_or_else(missing))
            .on_field(call)
    }

    /// May the viewer have its figures?
    async fn may_see(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.look(ctx).await?.shown)
    }
}
