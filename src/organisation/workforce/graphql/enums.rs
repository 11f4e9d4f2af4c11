//! Enums of leave as the schema shows them.

use async_graphql::Enum;

use crate::enum_filter;

/// Why somebody is away. 请假类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::LeaveKind")]
pub enum LeaveKind {
    /// Annual leave. 年假
    Annual,
    /// Illness. 病假
    Sick,
    /// A private matter. 事假
    Personal,
    /// Time off for extra work. 调休
    Compensatory,
    /// Training. 培训
    Training,
    /// A business trip. 出差
    BusinessTrip,
}

/// What has become of a request for leave. 请假状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::LeaveState")]
pub enum LeaveState {
    /// Asked for. 待审批
    Requested,
    /// Granted. 已批准
    Approved,
    /// Refused. 已驳回
    Rejected,
    /// Taken back. 已撤销
    Cancelled,
}

/// What is decided about leave. 审批结果
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LeaveDecision {
    /// It is granted. 批准
    Approve,
    /// It is refused. 驳回
    Reject,
}

enum_filter!(
    LeaveKindFilter,
    LeaveKind,
    entity::enums::LeaveKind,
    "Compares a kind of leave. All given comparisons must hold. 请假类型条件"
);
enum_filter!(
    LeaveStateFilter,
    LeaveState,
    entity::enums::LeaveState,
    "Compares what has become of leave. All given comparisons must hold. 请假状态条件"
);
