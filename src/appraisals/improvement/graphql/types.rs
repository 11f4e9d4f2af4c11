//! A plan for improvement.

use async_graphql::{Context, Enum, Object, Result};
use entity::{appraisal_cycle, department, improvement_plan, member, region, team};

use crate::appraisals::cycles::graphql::AppraisalCycle;
use crate::appraisals::improvement::store;
use crate::enum_filter;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::{Department, Member, Region, Team};

/// What has become of a plan for improvement. 改进计划状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ImprovementState")]
pub enum ImprovementState {
    /// It is worked on. 进行中
    Running,
    /// It was carried out. 已完成
    Done,
    /// It was given up. 已放弃
    Dropped,
}

enum_filter!(
    ImprovementStateFilter,
    ImprovementState,
    entity::enums::ImprovementState,
    "Compares what has become of plans for improvement. 改进计划状态筛选"
);

/// How plans for improvement are sorted. 改进计划排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::PlanOrder")]
pub enum ImprovementPlanOrder {
    /// What is due first. 截止日升序
    #[default]
    DueOnAsc,
    /// What is due last. 截止日降序
    DueOnDesc,
}

/// What a team, a department or a region does about the results of a cycle. 改进计划
pub struct ImprovementPlan(pub improvement_plan::Model);

/// What a team, a department or a region does about the results of a cycle. 改进计划
#[Object]
impl ImprovementPlan {
    /// Its id, `improvementplan_...`. 标识
    async fn id(&self) -> Id<improvement_plan::Entity> {
        Id::new(self.0.id)
    }

    /// The cycle whose results it is about. 考核周期
    async fn cycle(&self, ctx: &Context<'_>) -> Result<Option<AppraisalCycle>> {
        let row = ctx.row::<appraisal_cycle::Entity>(self.0.cycle_id).await;
        Ok(row.on_field(ctx.call())?.map(AppraisalCycle))
    }

    /// The team; null when it is another kind of group. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The department; null when it is another kind of group. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The region; null when it is another kind of group. 区域
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        let Some(id) = self.0.region_id else {
            return Ok(None);
        };
        let row = ctx.row::<region::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Region))
    }

    /// What is to be better. 改进目标
    async fn aim(&self) -> &str {
        &self.0.aim
    }

    /// What is done for it. 改进措施
    async fn measures(&self) -> &str {
        &self.0.measures
    }

    /// Who sees to it; null when out of your reach. 负责人
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.owner_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The last day. 截止日
    async fn due_on(&self) -> Date {
        self.0.due_on.into()
    }

    /// What has become of it. 状态
    async fn state(&self) -> ImprovementState {
        self.0.state.into()
    }

    /// What came of it, or why it was dropped. 结果
    async fn result(&self) -> Option<&str> {
        self.0.result.as_deref()
    }

    /// When it ended. 结束时间
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
    }

    /// Who wrote it, as the account was called then. 制定人
    async fn written_by(&self) -> &str {
        &self.0.written_by_name
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was written. 制定时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
