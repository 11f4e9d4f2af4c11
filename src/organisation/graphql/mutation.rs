//! Changing who works where.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{assignment, department, member, position, region, team};

use super::enums::AssignmentKind;
use super::people::{Assignment, Member};
use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::actions;

/// An assignment to start. 新增任职
#[derive(InputObject)]
pub struct AssignmentStartInput {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// In which line of the matrix. 任职类型
    kind: AssignmentKind,
    /// In which department; needed for a home assignment. 部门（职能归属必填）
    department_id: Option<Id<department::Entity>>,
    /// In which team; needed for a project. 团队（项目必填）
    team_id: Option<Id<team::Entity>>,
    /// For which region; needed for a regional assignment. 区域（区域任职必填）
    region_id: Option<Id<region::Entity>>,
    /// As what. 岗位
    position_id: Option<Id<position::Entity>>,
    /// What the member does there, 1 to 100 characters. 角色
    role: String,
    /// Share of the working time, 1 to 100; on no day do a member's shares add up to more than 100. 工时占比（%）
    percent: i32,
    /// First day; today or later. 开始日期
    valid_from: Date,
    /// First day on which it no longer holds. 结束日期
    valid_to: Option<Date>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// An assignment to end. 结束任职
#[derive(InputObject)]
pub struct AssignmentEndInput {
    /// Which one. 任职
    id: Id<assignment::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day on which it no longer holds; today or later. 结束日期
    valid_to: Date,
}

/// A member to move to another home. 调动
#[derive(InputObject)]
pub struct MemberTransferInput {
    /// Who. 成员
    id: Id<member::Entity>,
    /// The member's version as you saw it. 期望版本
    expected_version: i32,
    /// First day in the new home; today or later. 调动日期
    on: Date,
    /// The new department. 新部门
    department_id: Id<department::Entity>,
    /// The new team; one of that department. 新团队
    team_id: Option<Id<team::Entity>>,
    /// The new position. 新岗位
    position_id: Option<Id<position::Entity>>,
    /// What the member does there, 1 to 100 characters. 角色
    role: String,
    /// Share of the working time, 1 to 100; as before when absent. 工时占比（%）
    percent: Option<i32>,
}

mutation_payload!(
    AssignmentStartPayload,
    assignment: Assignment,
    "The new assignment; null when nothing was changed. 新任职"
);
mutation_payload!(
    AssignmentEndPayload,
    assignment: Assignment,
    "The assignment with its end; null when nothing was changed. 任职"
);
mutation_payload!(
    MemberTransferPayload,
    member: Member,
    "The member; null when nothing was changed. 成员"
);

/// The organisation's mutations.
#[derive(Default)]
pub struct OrganisationMutation;

/// Maps an action's result onto its payload: the row as the viewer may read it now, read anew.
macro_rules! show {
    ($ctx:ident, $result:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as crate::access::Scoped>::READ;
        let result = match $result {
            Ok(id) => {
                crate::access::find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = crate::graphql::Outcome::from_result(call, result)?;
        let outcome = crate::graphql::Outcome {
            value: outcome.value.flatten().map($view),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

pub(in crate::organisation) use show;

/// The organisation's mutations.
#[Object]
impl OrganisationMutation {
    /// Places a member in a department, a project team or a region from a day on. 新增任职
    async fn assignment_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The assignment. 任职")] input: AssignmentStartInput,
    ) -> Result<Option<AssignmentStartPayload>> {
        let order = actions::AssignmentStart {
            member_id: input.member_id.uuid,
            kind: input.kind.into(),
            department_id: input.department_id.map(|id| id.uuid),
            team_id: input.team_id.map(|id| id.uuid),
            region_id: input.region_id.map(|id| id.uuid),
            position_id: input.position_id.map(|id| id.uuid),
            role: input.role,
            percent: input.percent,
            valid_from: input.valid_from.0,
            valid_to: input.valid_to.map(|day| day.0),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::assignment_start(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, assignment as Assignment)
    }

    /// Ends an assignment on a day; what was before stays as it was. 结束任职
    async fn assignment_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one and when. 任职及日期")] input: AssignmentEndInput,
    ) -> Result<Option<AssignmentEndPayload>> {
        let order = actions::AssignmentEnd {
            id: input.id.uuid,
            expected_version: input.expected_version,
            valid_to: input.valid_to.0,
        };
        let result = actions::assignment_end(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, assignment as Assignment)
    }

    /// Moves a member to another home on a day: the old home assignment ends and a new one starts. 调动
    async fn member_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who moves where and when. 调动信息")] input: MemberTransferInput,
    ) -> Result<Option<MemberTransferPayload>> {
        let order = actions::MemberTransfer {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
            department_id: input.department_id.uuid,
            team_id: input.team_id.map(|id| id.uuid),
            position_id: input.position_id.map(|id| id.uuid),
            role: input.role,
            percent: input.percent,
        };
        let result = actions::member_transfer(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, member as Member)
    }
}
