//! A rotation.

use async_graphql::{Context, Enum, Object, Result};
use entity::{assignment, member, position, rotation, team};
use uuid::Uuid;

use crate::enum_filter;
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::{Assignment, Member, Position, Team};
use crate::organisation::rotations::rules::is_overdue;
use crate::organisation::rotations::store::MembersRotations;
use crate::organisation::today;

/// What has become of a rotation. 轮岗状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::RotationState")]
pub enum RotationState {
    /// It is planned. 已计划
    Planned,
    /// It has begun, or begins on a day that is set. 进行中
    Running,
    /// It is over, with a result. 已完成
    Finished,
    /// It was withdrawn before it began. 已撤回
    Withdrawn,
}

enum_filter!(
    RotationStateFilter,
    RotationState,
    entity::enums::RotationState,
    "Compares how far a rotation is. All given comparisons must hold. 轮岗状态条件"
);

/// A placement of a member elsewhere for a time. 轮岗
pub struct Rotation(pub rotation::Model);

impl Rotation {
    async fn placed(&self, ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Assignment>> {
        let Some(id) = id else { return Ok(None) };
        let row = ctx.row::<assignment::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Assignment))
    }
}

/// A placement of a member elsewhere for a time. 轮岗
#[Object]
impl Rotation {
    /// Its id, `rotation_...`. 标识
    pub async fn id(&self) -> Id<rotation::Entity> {
        Id::new(self.0.id)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// To which team. 轮岗团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let row = ctx.row::<team::Entity>(self.0.team_id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// As what. 轮岗岗位
    async fn position(&self, ctx: &Context<'_>) -> Result<Option<Position>> {
        let Some(id) = self.0.position_id else {
            return Ok(None);
        };
        let row = ctx.row::<position::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Position))
    }

    /// What the member does there. 角色
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// What it is for. 目标
    async fn goal(&self) -> &str {
        &self.0.goal
    }

    /// First day: planned, and once begun the real one. 开始日期
    async fn starts_on(&self) -> Date {
        self.0.starts_on.into()
    }

    /// First day on which it should be over. 计划结束日期
    async fn ends_on(&self) -> Date {
        self.0.ends_on.into()
    }

    /// What has become of it. 状态
    async fn state(&self) -> RotationState {
        self.0.state.into()
    }

    /// Does it last longer than was planned? 是否超期
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        is_overdue(self.0.state, self.0.ends_on, today(ctx.call()))
    }

    /// The home assignment that ended when it began. 原任职
    async fn origin(&self, ctx: &Context<'_>) -> Result<Option<Assignment>> {
        self.placed(ctx, self.0.origin_id).await
    }

    /// The home assignment that started when it began; null while it is planned. 轮岗任职
    #[graphql(name = "assignment")]
    async fn entered(&self, ctx: &Context<'_>) -> Result<Option<Assignment>> {
        self.placed(ctx, self.0.assignment_id).await
    }

    /// First day on which it was over, or the day on which it was withdrawn. 实际结束日期
    async fn finished_on(&self) -> Option<Date> {
        self.0.finished_on.map(Into::into)
    }

    /// Did the member go back? Null until it is finished. 是否返回原岗
    async fn returned(&self) -> Option<bool> {
        self.0.returned
    }

    /// What came of it, or why it was withdrawn. 成果
    async fn result(&self) -> Option<&str> {
        self.0.result.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was planned. 计划时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// The rotations of a member, the latest first.
///
/// # Errors
/// When they can't be read.
pub async fn rotations_of(ctx: &Context<'_>, member: Uuid) -> Result<Option<Vec<Rotation>>> {
    let rows = rows_of::<MembersRotations>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().map(Rotation).collect()))
}
