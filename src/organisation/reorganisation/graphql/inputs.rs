//! A plan as clients write it.

use async_graphql::{InputObject, OneofObject};
use entity::{department, member, position, reorganisation, team};

use crate::graphql::{Date, Id};
use crate::organisation::reorganisation::actions::{Draft, Planned, TeamRef};

/// A team that there is, or one that an earlier change of the plan founds. 团队（现有或本方案新设）
#[derive(OneofObject)]
pub enum ReorganisationTeamInput {
    /// A team that there is. 现有团队
    TeamId(Id<team::Entity>),
    /// The place in this plan, from 1, of the change that founds it. 新设该团队的调整项序号
    FoundedBy(i32),
}

impl From<ReorganisationTeamInput> for TeamRef {
    fn from(input: ReorganisationTeamInput) -> Self {
        match input {
            ReorganisationTeamInput::TeamId(id) => Self::Known(id.uuid),
            ReorganisationTeamInput::FoundedBy(place) => Self::Founded(place),
        }
    }
}

/// A team to found. 新设团队
#[derive(InputObject)]
pub struct ReorganisationFoundInput {
    /// Short code, unique; 1 to 20 letters, digits, `-` and `_`. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// The department it belongs to. 所属部门
    department_id: Id<department::Entity>,
    /// The team above it. 上级团队
    parent: Option<ReorganisationTeamInput>,
}

/// A team to move. 团队划转
#[derive(InputObject)]
pub struct ReorganisationMoveTeamInput {
    /// Which team; the teams below it come along. 团队
    team_id: Id<team::Entity>,
    /// The department it moves to; as before when absent. 部门
    department_id: Option<Id<department::Entity>>,
    /// The team above it then; none when absent. 上级团队
    parent: Option<ReorganisationTeamInput>,
}

/// A member to move to another home. 成员调动
#[derive(InputObject)]
pub struct ReorganisationMoveMemberInput {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// The new team. 新团队
    team: ReorganisationTeamInput,
    /// The new position. 新岗位
    position_id: Option<Id<position::Entity>>,
    /// What the member does there, 1 to 100 characters. 角色
    role: String,
}

/// A team to close; nobody is in it by then. 撤销团队
#[derive(InputObject)]
pub struct ReorganisationCloseInput {
    /// Which team. 团队
    team_id: Id<team::Entity>,
}

/// One change of a plan. 调整项
#[derive(OneofObject)]
pub enum ReorganisationChangeInput {
    /// Found a team. 新设团队
    FoundTeam(ReorganisationFoundInput),
    /// Move a team. 团队划转
    MoveTeam(ReorganisationMoveTeamInput),
    /// Move a member. 成员调动
    MoveMember(ReorganisationMoveMemberInput),
    /// Close a team. 撤销团队
    CloseTeam(ReorganisationCloseInput),
}

impl From<ReorganisationChangeInput> for Planned {
    fn from(input: ReorganisationChangeInput) -> Self {
        use ReorganisationChangeInput::{CloseTeam, FoundTeam, MoveMember, MoveTeam};
        match input {
            FoundTeam(one) => Self::FoundTeam {
                code: one.code,
                name: one.name,
                name_zh: one.name_zh,
                department: one.department_id.uuid,
                parent: one.parent.map(Into::into),
            },
            MoveTeam(one) => Self::MoveTeam {
                team: one.team_id.uuid,
                department: one.department_id.map(|id| id.uuid),
                parent: one.parent.map(Into::into),
            },
            MoveMember(one) => Self::MoveMember {
                member: one.member_id.uuid,
                team: one.team.into(),
                position: one.position_id.map(|id| id.uuid),
                role: one.role,
            },
            CloseTeam(one) => Self::CloseTeam {
                team: one.team_id.uuid,
            },
        }
    }
}

/// A reorganisation to plan. 拟定组织调整方案
#[derive(InputObject)]
pub struct ReorganisationPlanInput {
    /// What it is called, 1 to 200 characters. 名称
    title: String,
    /// Why it is done, 1 to 4,000 characters. 原因
    reason: String,
    /// The day on which it takes effect; today or later. 生效日期
    takes_effect_on: Date,
    /// Its changes, 1 to 100, made in this order. 调整项
    changes: Vec<ReorganisationChangeInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub(super) idempotency_key: Option<String>,
}

impl From<ReorganisationPlanInput> for Draft {
    fn from(input: ReorganisationPlanInput) -> Self {
        Self {
            title: input.title,
            reason: input.reason,
            takes_effect_on: input.takes_effect_on.0,
            changes: input.changes.into_iter().map(Into::into).collect(),
        }
    }
}

/// A draft as it is to be from now on. 修订方案
#[derive(InputObject)]
pub struct ReorganisationReviseInput {
    /// Which plan. 方案
    pub(super) id: Id<reorganisation::Entity>,
    /// Its version as you saw it. 期望版本
    pub(super) expected_version: i32,
    /// What it is called, 1 to 200 characters. 名称
    title: String,
    /// Why it is done, 1 to 4,000 characters. 原因
    reason: String,
    /// The day on which it takes effect; today or later. 生效日期
    takes_effect_on: Date,
    /// Its changes, 1 to 100, in place of those it had. 调整项
    changes: Vec<ReorganisationChangeInput>,
}

impl From<ReorganisationReviseInput> for Draft {
    fn from(input: ReorganisationReviseInput) -> Self {
        Self {
            title: input.title,
            reason: input.reason,
            takes_effect_on: input.takes_effect_on.0,
            changes: input.changes.into_iter().map(Into::into).collect(),
        }
    }
}
