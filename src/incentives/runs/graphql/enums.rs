//! The enums of runs, awards and the ledger as clients see them.

use async_graphql::Enum;

use crate::enum_filter;
use crate::incentives::rules::content;
use crate::incentives::runs::store;

/// For which time rules give. 激励周期
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentivePeriod")]
pub enum IncentivePeriod {
    /// A calendar month. 月
    Month,
    /// A calendar quarter. 季
    Quarter,
    /// A calendar year. 年
    Year,
}

impl IncentivePeriod {
    /// As rules say it.
    pub const fn plain(self) -> content::Period {
        match self {
            Self::Month => content::Period::Month,
            Self::Quarter => content::Period::Quarter,
            Self::Year => content::Period::Year,
        }
    }
}

/// What a rule gives. 激励形式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveKind")]
pub enum IncentiveKind {
    /// A bonus. 奖金
    Bonus,
    /// A part of money that came in. 提成
    Commission,
    /// More pay; payroll changes it, the ledger doesn't book it. 调薪
    PayAdjustment,
    /// A benefit. 福利
    Benefit,
    /// An honour. 荣誉
    Honour,
    /// A proposal for promotion. 晋升
    Promotion,
    /// A place in a training. 培训名额
    TrainingPlace,
    /// Something that is taken off. 扣款
    Deduction,
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
    /// Money was paid out. 发放
    Payout,
    /// A mistake was put right. 更正
    Correction,
    /// Money behind an award was paid back. 追回
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
    /// Not approved. 已拒绝
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
}

/// How payouts and locked months are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::PayoutOrder")]
pub enum IncentivePayoutOrder {
    /// The latest ones first. 从新到旧
    #[default]
    LatestFirst,
    /// The earliest ones first. 从旧到新
    EarliestFirst,
}

/// How corrections are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::CorrectionOrder")]
pub enum IncentiveCorrectionOrder {
    /// The latest ones first. 从新到旧
    #[default]
    LatestFirst,
}

/// How questions are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::QuestionOrder")]
pub enum IncentiveQuestionOrder {
    /// The earliest ones first. 从旧到新
    #[default]
    EarliestFirst,
    /// The latest ones first. 从新到旧
    LatestFirst,
}

enum_filter!(
    IncentivePeriodFilter,
    IncentivePeriod,
    entity::enums::IncentivePeriod,
    "Compares for which time. All given comparisons must hold. 周期条件"
);
enum_filter!(
    IncentiveKindFilter,
    IncentiveKind,
    entity::enums::IncentiveKind,
    "Compares what is given. All given comparisons must hold. 激励形式条件"
);
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
