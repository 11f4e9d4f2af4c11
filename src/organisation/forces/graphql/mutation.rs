//! Forming, joining and dissolving.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use entity::{department, member, task_force};
use uuid::Uuid;

use super::types::{AllocationWarning, TaskForce};
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Date, Id, Outcome, UserErrorView};
use crate::mutation_payload;
use crate::organisation::forces::actions::{self, Recruit};
use crate::organisation::forces::rules::Overload;
use crate::organisation::graphql::show;

/// Somebody who joins a task force. 工作组成员
#[derive(InputObject)]
pub struct TaskForceMemberInput {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// What the member does there, 1 to 100 characters. 角色
    role: String,
    /// Share of the working time, 1 to 100; more than there is left is warned of. 工时占比（%）
    percent: i32,
}

impl From<TaskForceMemberInput> for Recruit {
    fn from(input: TaskForceMemberInput) -> Self {
        Self {
            member_id: input.member_id.uuid,
            role: input.role,
            percent: input.percent,
        }
    }
}

/// A joint task force to form. 组建联合工作组
#[derive(InputObject)]
pub struct TaskForceFormInput {
    /// Code of its team, unique; 1 to 20 letters, digits, `-` and `_`. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// The department that answers for it. 牵头部门
    department_id: Id<department::Entity>,
    /// What it is to reach, 1 to 4,000 characters. 目标
    goal: String,
    /// Who leads it; one of the members. 负责人
    lead_id: Id<member::Entity>,
    /// First day; today or later. 开始日期
    valid_from: Date,
    /// First day on which it should no longer be needed. 计划结束日期
    planned_end: Date,
    /// Who joins, 1 to 50 members. 成员
    members: Vec<TaskForceMemberInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// Somebody who joins a task force that is at work. 加入联合工作组
#[derive(InputObject)]
pub struct TaskForceJoinInput {
    /// The task force. 联合工作组
    id: Id<task_force::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Who joins. 成员
    member: TaskForceMemberInput,
    /// First day; today or later. 开始日期
    valid_from: Date,
}

/// A task force to dissolve. 解散联合工作组
#[derive(InputObject)]
pub struct TaskForceDissolveInput {
    /// Which one. 联合工作组
    id: Id<task_force::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day on which it no longer exists; today or later. 解散日期
    on: Date,
    /// What came of it, 1 to 4,000 characters. 成果
    result: String,
}

macro_rules! with_warnings {
    ($($name:ident),*) => {$(
        /// What the mutation did, and whom it gives more than there is time. 操作结果
        #[derive(SimpleObject)]
        pub struct $name {
            /// The task force; null when nothing was changed. 联合工作组
            task_force: Option<TaskForce>,
            /// Members who now have more to do than there is time. 超负荷提醒
            warnings: Vec<AllocationWarning>,
            /// Mistakes that a person can mend; empty when it was done. 可修正的错误
            user_errors: Vec<UserErrorView>,
        }

        impl $name {
            async fn of(
                ctx: &Context<'_>,
                done: crate::error::Result<(Uuid, Vec<Overload>)>,
            ) -> Result<Self> {
                let (outcome, warnings) = shown(ctx, done).await?;
                Ok(Self {
                    task_force: outcome.value,
                    warnings,
                    user_errors: outcome.user_errors,
                })
            }
        }
    )*};
}

with_warnings!(TaskForceFormPayload, TaskForceJoinPayload);

mutation_payload!(
    TaskForceDissolvePayload,
    task_force: TaskForce,
    "The task force; null when nothing was changed. 联合工作组"
);

async fn shown(
    ctx: &Context<'_>,
    done: crate::error::Result<(Uuid, Vec<Overload>)>,
) -> Result<(Outcome<TaskForce>, Vec<AllocationWarning>)> {
    let (app, call) = (ctx.app(), ctx.call());
    let read = <task_force::Entity as Scoped>::READ;
    let mut warnings = Vec::new();
    let row = match done {
        Ok((id, loads)) => {
            let warning = |load| AllocationWarning::of(ctx, load);
            warnings = loads.into_iter().map(warning).collect();
            find::<task_force::Entity>(app.db.reader(), &call.viewer, read, id).await
        }
        Err(error) => Err(error),
    };
    let outcome = Outcome::from_result(call, row)?;
    let outcome = Outcome {
        value: outcome.value.flatten().map(TaskForce),
        user_errors: outcome.user_errors,
    };
    Ok((outcome, warnings))
}

/// The mutations of task forces.
#[derive(Default)]
pub struct TaskForceMutation;

/// The mutations of task forces.
#[Object]
impl TaskForceMutation {
    /// Forms a joint task force: a team with a goal, a lead, members with their shares, and a planned end. 组建联合工作组
    async fn task_force_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task force. 联合工作组")] input: TaskForceFormInput,
    ) -> Result<Option<TaskForceFormPayload>> {
        let order = actions::TaskForceForm {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            department_id: input.department_id.uuid,
            goal: input.goal,
            lead_id: input.lead_id.uuid,
            valid_from: input.valid_from.0,
            planned_end: input.planned_end.0,
            members: input.members.into_iter().map(Into::into).collect(),
        };
        let key = input.idempotency_key.as_deref();
        let done = actions::task_force_form(ctx.app(), ctx.call(), &order, key).await;
        Ok(Some(TaskForceFormPayload::of(ctx, done).await?))
    }

    /// Lets a member join a task force that is at work. `assignmentEnd` lets one leave. 加入联合工作组
    async fn task_force_join(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which task force, and who. 工作组及成员")] input: TaskForceJoinInput,
    ) -> Result<Option<TaskForceJoinPayload>> {
        let order = actions::TaskForceJoin {
            id: input.id.uuid,
            expected_version: input.expected_version,
            recruit: input.member.into(),
            valid_from: input.valid_from.0,
        };
        let done = actions::task_force_join(ctx.app(), ctx.call(), &order).await;
        Ok(Some(TaskForceJoinPayload::of(ctx, done).await?))
    }

    /// Dissolves a task force with its result: all its assignments and its team end on that day. 解散联合工作组
    async fn task_force_dissolve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, when, and what came of it. 工作组、日期及成果")]
        input: TaskForceDissolveInput,
    ) -> Result<Option<TaskForceDissolvePayload>> {
        let order = actions::TaskForceDissolve {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
            result: input.result,
        };
        let result = actions::task_force_dissolve(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, task_force as TaskForce)
    }
}
