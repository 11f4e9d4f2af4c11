//! Planning, beginning, finishing and withdrawing.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{member, position, rotation, team};

use super::types::Rotation;
use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::graphql::show;
use crate::organisation::rotations::actions;

/// A rotation to plan. 计划轮岗
#[derive(InputObject)]
pub struct RotationPlanInput {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// To which team. 轮岗团队
    team_id: Id<team::Entity>,
    /// As what. 轮岗岗位
    position_id: Option<Id<position::Entity>>,
    /// What the member does there, 1 to 100 characters. 角色
    role: String,
    /// What it is for, 1 to 4,000 characters. 目标
    goal: String,
    /// First planned day; today or later. 计划开始日期
    starts_on: Date,
    /// First day on which it should be over. 计划结束日期
    ends_on: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A rotation to begin. 开始轮岗
#[derive(InputObject)]
pub struct RotationBeginInput {
    /// Which one. 轮岗
    id: Id<rotation::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day, today or later; the planned one when absent. 开始日期（默认计划日期）
    on: Option<Date>,
}

/// A rotation to finish. 结束轮岗
#[derive(InputObject)]
pub struct RotationFinishInput {
    /// Which one. 轮岗
    id: Id<rotation::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day after it; today or later. 结束日期
    on: Date,
    /// Does the member go back to the team, position and role of before? Otherwise the member stays. 是否返回原岗
    returns: bool,
    /// What came of it, 1 to 4,000 characters. 成果
    result: String,
}

/// A rotation that doesn't take place. 撤回轮岗
#[derive(InputObject)]
pub struct RotationWithdrawInput {
    /// Which one. 轮岗
    id: Id<rotation::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 4,000 characters. 原因
    reason: String,
}

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, rotation: Rotation, "The rotation, if you may read it; null when nothing was changed. 轮岗");)*
    };
}

payloads!(
    RotationPlanPayload,
    RotationBeginPayload,
    RotationFinishPayload,
    RotationWithdrawPayload
);

/// The mutations of rotations.
#[derive(Default)]
pub struct RotationMutation;

/// The mutations of rotations.
#[Object]
impl RotationMutation {
    /// Plans a rotation; nobody is placed anywhere by that. 计划轮岗
    async fn rotation_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who goes where, when and what for. 成员、去向、期限及目标")]
        input: RotationPlanInput,
    ) -> Result<Option<RotationPlanPayload>> {
        let order = actions::RotationPlan {
            member_id: input.member_id.uuid,
            team_id: input.team_id.uuid,
            position_id: input.position_id.map(|id| id.uuid),
            role: input.role,
            goal: input.goal,
            starts_on: input.starts_on.0,
            ends_on: input.ends_on.0,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::rotation_plan(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, rotation as Rotation)
    }

    /// Begins a planned rotation: the member is transferred to the other team on that day. 开始轮岗
    async fn rotation_begin(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and from when. 轮岗及日期")] input: RotationBeginInput,
    ) -> Result<Option<RotationBeginPayload>> {
        let order = actions::RotationBegin {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.map(|day| day.0),
        };
        let result = actions::rotation_begin(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, rotation as Rotation)
    }

    /// Finishes a rotation with its result: the member is transferred back on that day, or stays. 结束轮岗
    async fn rotation_finish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, when, and what came of it. 轮岗、日期及成果")]
        input: RotationFinishInput,
    ) -> Result<Option<RotationFinishPayload>> {
        let order = actions::RotationFinish {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
            returns: input.returns,
            result: input.result,
        };
        let result = actions::rotation_finish(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, rotation as Rotation)
    }

    /// Withdraws a planned rotation. 撤回轮岗
    async fn rotation_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 轮岗及原因")] input: RotationWithdrawInput,
    ) -> Result<Option<RotationWithdrawPayload>> {
        let order = actions::RotationWithdraw {
            id: input.id.uuid,
            expected_version: input.expected_version,
            reason: input.reason,
        };
        let result = actions::rotation_withdraw(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, rotation as Rotation)
    }
}
