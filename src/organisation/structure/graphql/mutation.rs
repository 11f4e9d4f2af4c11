//! Founding, renaming, moving and closing.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use entity::{department, position, region, team};

use crate::graphql::{Ask, Date, Id, change};
use crate::mutation_payload;
use crate::organisation::graphql::{Department, Position, Team, show};
use crate::organisation::structure::actions;
use crate::organisation::structure::store::Named;

/// A department to found. 新设部门
#[derive(InputObject)]
pub struct DepartmentCreateInput {
    /// Short code, unique; 1 to 20 letters, digits, `-` and `_`. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// First day; today or later. 生效日期
    valid_from: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A team to found. 新设团队
#[derive(InputObject)]
pub struct TeamCreateInput {
    /// Short code, unique; 1 to 20 letters, digits, `-` and `_`. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// The department it belongs to. 所属部门
    department_id: Id<department::Entity>,
    /// The team right above it, of the same department. 上级团队
    parent_id: Option<Id<team::Entity>>,
    /// The region it serves, if it serves only one. 服务区域
    region_id: Option<Id<region::Entity>>,
    /// First day; today or later. 生效日期
    valid_from: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// Where a team moves from a day on. What is left out stays as it is. 团队划转
#[derive(InputObject)]
pub struct TeamMoveInput {
    /// Which team; the teams below it come along. 团队
    id: Id<team::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day there; today or later. 生效日期
    on: Date,
    /// The department it moves to. 部门
    department_id: Option<Id<department::Entity>>,
    /// The team right above it, null for none; in another department none unless you name one. 上级团队
    parent_id: MaybeUndefined<Id<team::Entity>>,
    /// The region it serves, null for none. 服务区域
    region_id: MaybeUndefined<Id<region::Entity>>,
}

/// A planned move of a team to withdraw. 撤回划转
#[derive(InputObject)]
pub struct TeamMoveWithdrawInput {
    /// The team. 团队
    id: Id<team::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The first day of the move; it hasn't begun. 划转生效日期
    on: Date,
}

/// A department to rename. 部门更名
#[derive(InputObject)]
pub struct DepartmentRenameInput {
    /// Which one. 部门
    id: Id<department::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The new name in English, 1 to 100 characters. 英文名称
    name: String,
    /// The new name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// First day of the name; today or later. 生效日期
    on: Date,
}

/// A team to rename. 团队更名
#[derive(InputObject)]
pub struct TeamRenameInput {
    /// Which one. 团队
    id: Id<team::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The new name in English, 1 to 100 characters. 英文名称
    name: String,
    /// The new name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// First day of the name; today or later. 生效日期
    on: Date,
}

/// A position to rename. 岗位更名
#[derive(InputObject)]
pub struct PositionRenameInput {
    /// Which one. 岗位
    id: Id<position::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The new name in English, 1 to 100 characters. 英文名称
    name: String,
    /// The new name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// First day of the name; today or later. 生效日期
    on: Date,
}

/// A department to close. 撤销部门
#[derive(InputObject)]
pub struct DepartmentCloseInput {
    /// Which one. 部门
    id: Id<department::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day on which it no longer exists; today or later. 撤销日期
    on: Date,
}

/// A team to close. 撤销团队
#[derive(InputObject)]
pub struct TeamCloseInput {
    /// Which one. 团队
    id: Id<team::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day on which it no longer exists; today or later. 撤销日期
    on: Date,
}

mutation_payload!(
    DepartmentCreatePayload,
    department: Department,
    "The department; null when nothing was changed. 部门"
);
mutation_payload!(
    DepartmentRenamePayload,
    department: Department,
    "The department; null when nothing was changed. 部门"
);
mutation_payload!(
    DepartmentClosePayload,
    department: Department,
    "The department; null when nothing was changed. 部门"
);
mutation_payload!(
    TeamCreatePayload,
    team: Team,
    "The team; null when nothing was changed. 团队"
);
mutation_payload!(
    TeamRenamePayload,
    team: Team,
    "The team; null when nothing was changed. 团队"
);
mutation_payload!(
    TeamMovePayload,
    team: Team,
    "The team; null when nothing was changed. 团队"
);
mutation_payload!(
    TeamMoveWithdrawPayload,
    team: Team,
    "The team; null when nothing was changed. 团队"
);
mutation_payload!(
    TeamClosePayload,
    team: Team,
    "The team; null when nothing was changed. 团队"
);
mutation_payload!(
    PositionRenamePayload,
    position: Position,
    "The position; null when nothing was changed. 岗位"
);

/// The mutations of the structure.
#[derive(Default)]
pub struct StructureMutation;

/// The mutations of the structure.
#[Object]
impl StructureMutation {
    /// Founds a department. 新设部门
    async fn department_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department. 部门")] input: DepartmentCreateInput,
    ) -> Result<Option<DepartmentCreatePayload>> {
        let order = actions::DepartmentCreate {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            valid_from: input.valid_from.0,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::department_create(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, department as Department)
    }

    /// Founds a team in a department. 新设团队
    async fn team_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The team. 团队")] input: TeamCreateInput,
    ) -> Result<Option<TeamCreatePayload>> {
        let order = actions::TeamCreate {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            department_id: input.department_id.uuid,
            parent_id: input.parent_id.map(|id| id.uuid),
            region_id: input.region_id.map(|id| id.uuid),
            valid_from: input.valid_from.0,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::team_create(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, team as Team)
    }

    /// Moves a team with those below it to another department, team or region from a day on. What was before stays, also
    /// in figures. 团队划转
    async fn team_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which team, where and when. 团队、去向及日期")] input: TeamMoveInput,
    ) -> Result<Option<TeamMovePayload>> {
        let order = actions::TeamMove {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
            department_id: input.department_id.map(|id| id.uuid),
            parent_id: change(input.parent_id).map(|id| id.uuid),
            region_id: change(input.region_id).map(|id| id.uuid),
        };
        let result = actions::team_move(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, team as Team)
    }

    /// Withdraws a move of a team that hasn't begun. 撤回划转
    async fn team_move_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which move. 划转")] input: TeamMoveWithdrawInput,
    ) -> Result<Option<TeamMoveWithdrawPayload>> {
        let order = actions::TeamMoveWithdraw {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
        };
        let result = actions::team_move_withdraw(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, team as Team)
    }

    /// Renames a department from a day on; what it was called before stays known. 部门更名
    async fn department_rename(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, its new name and since when. 部门、新名称及日期")]
        input: DepartmentRenameInput,
    ) -> Result<Option<DepartmentRenamePayload>> {
        let order = actions::Rename {
            named: Named::Department(input.id.uuid),
            expected_version: input.expected_version,
            name: input.name,
            name_zh: input.name_zh,
            on: input.on.0,
        };
        let result = actions::rename(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, department as Department)
    }

    /// Renames a team from a day on; what it was called before stays known. 团队更名
    async fn team_rename(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, its new name and since when. 团队、新名称及日期")]
        input: TeamRenameInput,
    ) -> Result<Option<TeamRenamePayload>> {
        let order = actions::Rename {
            named: Named::Team(input.id.uuid),
            expected_version: input.expected_version,
            name: input.name,
            name_zh: input.name_zh,
            on: input.on.0,
        };
        let result = actions::rename(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, team as Team)
    }

    /// Renames a position from a day on; what it was called before stays known. 岗位更名
    async fn position_rename(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, its new name and since when. 岗位、新名称及日期")]
        input: PositionRenameInput,
    ) -> Result<Option<PositionRenamePayload>> {
        let order = actions::Rename {
            named: Named::Position(input.id.uuid),
            expected_version: input.expected_version,
            name: input.name,
            name_zh: input.name_zh,
            on: input.on.0,
        };
        let result = actions::rename(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, position as Position)
    }

    /// Closes a department from a day on, when nothing belongs to it and nobody is placed in it on that day or later. 撤销部门
    async fn department_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one and when. 部门及日期")] input: DepartmentCloseInput,
    ) -> Result<Option<DepartmentClosePayload>> {
        let order = actions::DepartmentClose {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
        };
        let result = actions::department_close(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, department as Department)
    }

    /// Closes a team from a day on, when nobody is placed in it and no team stands below it on that day or later. 撤销团队
    async fn team_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one and when. 团队及日期")] input: TeamCloseInput,
    ) -> Result<Option<TeamClosePayload>> {
        let order = actions::TeamClose {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
        };
        let result = actions::team_close(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, team as Team)
    }
}
