//! The enums of runs, awards and the ledger as clients see them.

use async_graphql::Enum;

use crate::enum_filter;
use crate::incentives::definitions::graphql::IncentivePeriod;
use crate::incentives::definitions::plain_period;
use crate::incentives::rules::content;
use crate::incentives::runs::store;

/// A kind of period as rules say it.
pub fn plain(period: IncentivePeriod) -> content::Period {
    plain_period(period.into())
}

/// How far a run is. 计算批次状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveRunState")]
pub enum IncentiveRunState {
    /// It waits for its turn. 排队中
    Queued,
    /// Rules are evaluated. 计算中
    Evaluating,
    /// Awards are held together by caps and budgets. 核定中
    Settling,
    /// It waits for approval. 待审批
    Calculated,
    /// Approved. 已批准
    Approved,
    /// Sent back; it may be run again. 已退回
    Rejected,
    /// It can't be run; it says why. 失败
    Failed,
}

/// For what an award is given. 奖励对象
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveSubject")]
pub enum IncentiveSubject {
    /// A member over the period. 成员
    Member,
    /// A team over the period. 团队
    Team,
    /// A record. 记录
    Record,
}

/// An account of the ledger. 科目
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveAccount")]
pub enum IncentiveAccountKind {
    /// What a rule has cost. 激励费用
    Expense,
    /// What is owed to a member. 应付
    Payable,
    /// What was paid to a member. 已付
    Paid,
}

/// What an entry of the ledger is. 业务类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveReason")]
pub enum IncentiveReason {
    /// An award was approved. 奖励核准
    Award,
    /// Money was paid out, or that was taken back. 发放
    Payout,
    /// A mistake was put right. 更正
    Correction,
    /// Money behind an award was paid back; or too much of it was taken back, and comes back. 追回
    ClawBack,
}

/// What has become of a correction. 更正状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveCorrectionState")]
pub enum IncentiveCorrectionState {
    /// It waits for approval. 待审批
    Proposed,
    /// It is booked. 已批准
    Approved,
    /// Not approved, or withdrawn by whoever proposed it. 已拒绝或已撤回
    Declined,
}

/// How runs are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RunOrder")]
pub enum IncentiveRunOrder {
    /// Those of the latest days first. 期间从新到旧
    #[default]
    FromDayDesc,
    /// Those of the earliest days first. 期间从旧到新
    FromDayAsc,
}

/// How awards are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::AwardOrder")]
pub enum IncentiveAwardOrder {
    /// The latest ones first. 从新到旧
    #[default]
    DayDesc,
    /// The earliest ones first. 从旧到新
    DayAsc,
}

/// How entries of the ledger are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::TransactionOrder")]
pub enum IncentiveTransactionOrder {
    /// The latest ones first. 从新到旧
    #[default]
    DayDesc,
    /// The earliest ones first. 从旧到新
    DayAsc,
    /// By the number of the line within its payout, which follows the members' numbers; entries that aren't one come last.
    /// 按发放明细行号
    LineAsc,
}

/// How payouts and locked months are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::PayoutOrder")]
pub enum IncentivePayoutOrder {
    /// The latest ones first. 从新到旧
    #[default]
    #[graphql(name = "CREATED_AT_DESC")]
    LatestFirst,
    /// The earliest ones first. 从旧到新
    #[graphql(name = "CREATED_AT_ASC")]
    EarliestFirst,
}

/// How corrections are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::CorrectionOrder")]
pub enum IncentiveCorrectionOrder {
    /// The latest ones first. 从新到旧
    #[default]
    #[graphql(name = "CREATED_AT_DESC")]
    LatestFirst,
}

/// How questions are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::QuestionOrder")]
pub enum IncentiveQuestionOrder {
    /// The earliest ones first. 从旧到新
    #[default]
    #[graphql(name = "CREATED_AT_ASC")]
    EarliestFirst,
    /// The latest ones first. 从新到旧
    #[graphql(name = "CREATED_AT_DESC")]
    LatestFirst,
}

enum_filter!(
    IncentiveRunStateFilter,
    IncentiveRunState,
    entity::enums::IncentiveRunState,
    "Compares how far a run is. All given comparisons must hold. 批次状态条件"
);
enum_filter!(
    IncentiveReasonFilter,
    IncentiveReason,
    entity::enums::IncentiveReason,
    "Compares what an entry is. All given comparisons must hold. 业务类型条件"
);
enum_filter!(
    IncentiveCorrectionStateFilter,
    IncentiveCorrectionState,
    entity::enums::IncentiveCorrectionState,
    "Compares what has become of a correction. All given comparisons must hold. 更正状态条件"
);
