//! A plan in the schema.

use async_graphql::{Context, Object, Result};
use entity::{department, member, position, reorganisation, reorganisation_change, team};

use super::enums::{ReorganisationState, ReorganisationStep};
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::{Department, Member, Position, Team};
use crate::organisation::reorganisation::store::PlansChanges;

/// A planned change of the organisation. 组织调整方案
pub struct Reorganisation(pub reorganisation::Model);

/// A planned change of the organisation. 组织调整方案
#[Object]
impl Reorganisation {
    /// Its id, `reorganisation_...`. 标识
    pub async fn id(&self) -> Id<reorganisation::Entity> {
        Id::new(self.0.id)
    }

    /// What it is called. 名称
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Why it is done. 原因
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The day on which it takes effect. 生效日期
    async fn takes_effect_on(&self) -> Date {
        self.0.takes_effect_on.into()
    }

    /// What has become of it. 状态
    async fn state(&self) -> ReorganisationState {
        self.0.state.into()
    }

    /// Its changes, in the order in which they are made. 调整项
    async fn changes(&self, ctx: &Context<'_>) -> Result<Option<Vec<ReorganisationChange>>> {
        let rows = rows_of::<PlansChanges>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(ReorganisationChange).collect()))
    }

    /// When it was approved. 批准时间
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.approved_at.map(Into::into)
    }

    /// When it was applied. 生效时间
    async fn applied_at(&self) -> Option<DateTime> {
        self.0.applied_at.map(Into::into)
    }

    /// Why it was given up, or what kept it from being applied. 终止原因
    async fn ended_reason(&self) -> Option<&str> {
        self.0.ended_reason.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was written. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One change of a plan. 调整项
pub struct ReorganisationChange(reorganisation_change::Model);

/// One change of a plan. 调整项
#[Object]
impl ReorganisationChange {
    /// Its place in the plan, from 1. 序号
    async fn place(&self) -> i32 {
        self.0.place
    }

    /// What it does. 调整类型
    async fn step(&self) -> ReorganisationStep {
        self.0.step.into()
    }

    /// The member who moves. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The team that moves, is closed, or that a member moves to; null while it is yet to be founded. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The department that a team moves to. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The team above; null while it is yet to be founded. 上级团队
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.parent_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The position of a member who moves. 岗位
    async fn position(&self, ctx: &Context<'_>) -> Result<Option<Position>> {
        let Some(id) = self.0.position_id else {
            return Ok(None);
        };
        let row = ctx.row::<position::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Position))
    }

    /// Code of a new team. 编码
    async fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Name of a new team in English. 英文名称
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// Name of a new team in Chinese. 中文名称
    async fn name_zh(&self) -> Option<&str> {
        self.0.name_zh.as_deref()
    }

    /// What a member who moves does there. 角色
    async fn role(&self) -> Option<&str> {
        self.0.role.as_deref()
    }
}
