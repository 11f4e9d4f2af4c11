//! The mutations of leave.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{leave, member};

use super::show;
use crate::graphql::{Ask, DateTime, Id};
use crate::mutation_payload;
use crate::organisation::workforce::actions;
use crate::organisation::workforce::graphql::enums::{LeaveDecision, LeaveKind};
use crate::organisation::workforce::graphql::leaves::Leave;

/// Leave to ask for. 请假申请
#[derive(InputObject)]
pub struct LeaveRequestInput {
    /// For whom; yourself when absent. 成员（默认本人）
    member_id: Option<Id<member::Entity>>,
    /// Why. 类型
    kind: LeaveKind,
    /// From when; at most 31 days ago. 开始时间
    starts_at: DateTime,
    /// Until when, exclusive; at most 366 days later. 结束时间
    ends_at: DateTime,
    /// In your words, at most 1000 characters; read only by those who may see why members are away. 请假原因
    reason: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A decision about leave. 请假审批
#[derive(InputObject)]
pub struct LeaveDecideInput {
    /// Which one. 请假
    id: Id<leave::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What is decided. 审批结果
    decision: LeaveDecision,
    /// In your words, at most 1000 characters; needed for a refusal. 审批意见（驳回必填）
    note: Option<String>,
}

/// Leave to take back. 撤销请假
#[derive(InputObject)]
pub struct LeaveCancelInput {
    /// Which one. 请假
    id: Id<leave::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

mutation_payload!(
    LeaveRequestPayload,
    leave: Leave,
    "The leave; null when nothing was changed. 请假"
);
mutation_payload!(
    LeaveDecidePayload,
    leave: Leave,
    "The leave; null when nothing was changed. 请假"
);
mutation_payload!(
    LeaveCancelPayload,
    leave: Leave,
    "The leave; null when nothing was changed. 请假"
);

/// The mutations of leave.
#[derive(Default)]
pub struct LeaveMutation;

/// The mutations of leave.
#[Object]
impl LeaveMutation {
    /// Asks for leave; what is granted or waits already must not overlap it. 申请请假
    async fn leave_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The leave. 请假")] input: LeaveRequestInput,
    ) -> Result<Option<LeaveRequestPayload>> {
        let order = actions::LeaveRequest {
            member_id: input.member_id.map(|id| id.uuid),
            kind: input.kind.into(),
            starts_at: input.starts_at.0,
            ends_at: input.ends_at.0,
            reason: input.reason,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::leave_request(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, leave as Leave)
    }

    /// Grants or refuses leave that waits; never one's own. 审批请假
    async fn leave_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision. 审批")] input: LeaveDecideInput,
    ) -> Result<Option<LeaveDecidePayload>> {
        let order = actions::LeaveDecide {
            id: input.id.uuid,
            expected_version: input.expected_version,
            approve: input.decision == LeaveDecision::Approve,
            note: input.note,
        };
        let result = actions::leave_decide(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, leave as Leave)
    }

    /// Takes leave back; granted leave that has begun ends now and stays granted. 撤销请假、提前销假
    async fn leave_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 请假")] input: LeaveCancelInput,
    ) -> Result<Option<LeaveCancelPayload>> {
        let order = actions::LeaveCancel {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let result = actions::leave_cancel(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, leave as Leave)
    }
}
