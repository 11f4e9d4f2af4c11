//! What clients hand in about runs, awards and the ledger.

use async_graphql::InputObject;
use entity::{
    incentive_award, incentive_correction, incentive_payout, incentive_question, incentive_rule,
    incentive_run, member,
};

use super::enums::{
    IncentiveCorrectionStateFilter, IncentiveReasonFilter, IncentiveRunStateFilter, plain,
};
use crate::customers::graphql::DateFilter;
use crate::db::filter::IdMatches;
use crate::error::Result;
use crate::graphql::filters::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::{Date, Id, MoneyInput, Node};
use crate::incentives::definitions::graphql::{
    IncentiveKindFilter, IncentivePeriod, IncentivePeriodFilter,
};
use crate::incentives::runs::actions::{
    Answer, Ask, Correct, CorrectionDecide, Lock, Pay, Reverse, Start, Step,
};
use crate::incentives::runs::store;

fn keys<E: Node>(ids: Option<IdFilter>, field: &str) -> Result<Option<IdMatches>> {
    ids.map(|ids| ids.of::<E>(field)).transpose()
}

/// Which runs. Everything given must hold. 计算批次筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct IncentiveRunFilter {
    /// Of a month, a quarter or a year. 周期
    period: Option<IncentivePeriodFilter>,
    /// How far. 状态
    state: Option<IncentiveRunStateFilter>,
    /// The first day. 首日
    from_day: Option<DateFilter>,
}

impl IncentiveRunFilter {
    /// The plain filter.
    pub fn plain(self) -> store::RunFilter {
        store::RunFilter {
            period: self.period.map(Into::into),
            state: self.state.map(Into::into),
            from_day: self.from_day.map(Into::into),
        }
    }
}

/// Which awards. Everything given must hold. 奖励筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct IncentiveAwardFilter {
    /// Of which run. 计算批次
    run_id: Option<IdFilter>,
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// By which rule. 规则
    rule_id: Option<IdFilter>,
    /// What the rule gives. 激励形式
    kind: Option<IncentiveKindFilter>,
    /// The day of the record, or the first day of the period. 日期
    day: Option<DateFilter>,
    /// The currency by ISO 4217. 币种
    currency: Option<StringFilter>,
}

impl IncentiveAwardFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::AwardFilter> {
        Ok(store::AwardFilter {
            run: keys::<incentive_run::Entity>(self.run_id, "filter.runId")?,
            member: keys::<member::Entity>(self.member_id, "filter.memberId")?,
            rule: keys::<incentive_rule::Entity>(self.rule_id, "filter.ruleId")?,
            kind: self.kind.map(Into::into),
            day: self.day.map(Into::into),
            currency: self.currency.map(Into::into),
        })
    }
}

/// Which entries of the ledger. Everything given must hold. 台账分录筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct IncentiveTransactionFilter {
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// What. 业务类型
    reason: Option<IncentiveReasonFilter>,
    /// On which day it is booked. 入账日期
    day: Option<DateFilter>,
    /// The currency by ISO 4217. 币种
    currency: Option<StringFilter>,
    /// Of which payout: with `/export/csv` or `/export/xlsx` the file for payroll, so only for whoever sees everybody's pay. 发放批次
    payout_id: Option<IdFilter>,
}

impl IncentiveTransactionFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::TransactionFilter> {
        Ok(store::TransactionFilter {
            member: keys::<member::Entity>(self.member_id, "filter.memberId")?,
            reason: self.reason.map(Into::into),
            day: self.day.map(Into::into),
            currency: self.currency.map(Into::into),
            payout: keys::<incentive_payout::Entity>(self.payout_id, "filter.payoutId")?,
        })
    }
}

/// Which corrections. Everything given must hold. 更正筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct IncentiveCorrectionFilter {
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// What has become of them. 状态
    state: Option<IncentiveCorrectionStateFilter>,
}

impl IncentiveCorrectionFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::CorrectionFilter> {
        Ok(store::CorrectionFilter {
            member: keys::<member::Entity>(self.member_id, "filter.memberId")?,
            state: self.state.map(Into::into),
        })
    }
}

/// Which questions. Everything given must hold. 疑问筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct IncentiveQuestionFilter {
    /// Who asks. 成员
    member_id: Option<IdFilter>,
    /// When it was answered; `isNull: true` finds those that weren't. 答复时间
    answered_at: Option<DateTimeFilter>,
    /// When the asker withdrew it; `isNull: true` finds those that stand. 撤回时间
    withdrawn_at: Option<DateTimeFilter>,
}

impl IncentiveQuestionFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::QuestionFilter> {
        Ok(store::QuestionFilter {
            member: keys::<member::Entity>(self.member_id, "filter.memberId")?,
            answered_at: self.answered_at.map(Into::into),
            withdrawn_at: self.withdrawn_at.map(Into::into),
        })
    }
}

/// For which period awards are worked out. 发起计算
#[derive(InputObject)]
pub struct IncentiveRunStartInput {
    /// A month, a quarter or a year that is over. 周期
    period: IncentivePeriod,
    /// Its first day. 首日
    from: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl IncentiveRunStartInput {
    /// The order.
    pub fn plain(&self) -> Start {
        Start {
            period: plain(self.period),
            from: self.from.0,
        }
    }
}

/// A run that is approved. 批准计算批次
#[derive(InputObject)]
pub struct IncentiveRunApproveInput {
    /// Which one; never one that you started. 计算批次
    id: Id<incentive_run::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

impl IncentiveRunApproveInput {
    /// The order.
    pub fn plain(&self) -> Step {
        Step {
            id: self.id.uuid,
            expected_version: self.expected_version,
        }
    }
}

/// A run that is sent back. 退回计算批次
#[derive(InputObject)]
pub struct IncentiveRunRejectInput {
    /// Which one; never one that you started. 计算批次
    id: Id<incentive_run::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 2,000 characters. 原因
    pub reason: String,
}

impl IncentiveRunRejectInput {
    /// The order.
    pub fn plain(&self) -> Step {
        Step {
            id: self.id.uuid,
            expected_version: self.expected_version,
        }
    }
}

/// What is handed to payroll. 生成发放批次
#[derive(InputObject)]
pub struct IncentivePayoutMakeInput {
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// The currency by ISO 4217. 币种
    currency: String,
    /// Entries before this day are paid. 截止日（不含）
    until: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl IncentivePayoutMakeInput {
    /// The order.
    pub fn plain(&self) -> Pay {
        Pay {
            name: self.name.clone(),
            currency: self.currency.clone(),
            until: self.until.0,
        }
    }
}

/// A payout that is taken back. 冲销发放批次
#[derive(InputObject)]
pub struct IncentivePayoutReverseInput {
    /// Which one. 发放批次
    id: Id<incentive_payout::Entity>,
    /// Why, 1 to 2,000 characters. 原因
    reason: String,
}

impl IncentivePayoutReverseInput {
    /// The order.
    pub fn plain(self) -> Reverse {
        Reverse {
            id: self.id.uuid,
            reason: self.reason,
        }
    }
}

/// A correction that is withdrawn. 撤回更正
#[derive(InputObject)]
pub struct IncentiveCorrectionWithdrawInput {
    /// Which one: one that you proposed, and nobody has decided. 更正
    id: Id<incentive_correction::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

impl IncentiveCorrectionWithdrawInput {
    /// The order.
    pub fn plain(&self) -> Step {
        Step {
            id: self.id.uuid,
            expected_version: self.expected_version,
        }
    }
}

/// A question that is withdrawn. 撤回疑问
#[derive(InputObject)]
pub struct IncentiveQuestionWithdrawInput {
    /// Which one: your own, and nobody has answered. 疑问
    id: Id<incentive_question::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

impl IncentiveQuestionWithdrawInput {
    /// The order.
    pub fn plain(&self) -> Step {
        Step {
            id: self.id.uuid,
            expected_version: self.expected_version,
        }
    }
}

/// A month that is locked. 月结锁定
#[derive(InputObject)]
pub struct IncentiveMonthLockInput {
    /// The first day of the month, from 2000 on; it and all before it are locked. 月份首日
    month: Date,
    /// What was agreed, at most 2,000 characters. 备注
    note: Option<String>,
}

impl IncentiveMonthLockInput {
    /// The order.
    pub fn plain(self) -> Lock {
        Lock {
            month: self.month.0,
            note: self.note,
        }
    }
}

/// A mistake in an award. 更正
#[derive(InputObject)]
pub struct IncentiveCorrectInput {
    /// Which award; never your own. 奖励
    award_id: Id<incentive_award::Entity>,
    /// How much more or less. 金额
    amount: MoneyInput,
    /// Is less owed? 是否减少
    less: bool,
    /// Why, 1 to 2,000 characters. 原因
    reason: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl IncentiveCorrectInput {
    /// The order.
    pub fn plain(&self) -> Correct {
        let minor = self.amount.written().map(|minor| minor.max(0));
        Correct {
            award_id: self.award_id.uuid,
            amount: minor.map(|minor| if self.less { -minor } else { minor }),
            currency: self.amount.currency.clone(),
            reason: self.reason.clone(),
        }
    }
}

/// A decision about a correction. 审批更正
#[derive(InputObject)]
pub struct IncentiveCorrectionDecideInput {
    /// Which one; never one that you proposed or that is about you. 更正
    id: Id<incentive_correction::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Is it booked? 是否批准
    approve: bool,
    /// In your words, at most 2,000 characters; needed when it isn't booked. 审批意见
    note: Option<String>,
}

impl IncentiveCorrectionDecideInput {
    /// The order.
    pub fn plain(self) -> CorrectionDecide {
        CorrectionDecide {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            approve: self.approve,
            note: self.note,
        }
    }
}

/// A question about an own award. 提出疑问
#[derive(InputObject)]
pub struct IncentiveQuestionAskInput {
    /// Which award. 奖励
    award_id: Id<incentive_award::Entity>,
    /// What you ask, 1 to 2,000 characters. 疑问
    question: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl IncentiveQuestionAskInput {
    /// The order.
    pub fn plain(&self) -> Ask {
        Ask {
            award_id: self.award_id.uuid,
            question: self.question.clone(),
        }
    }
}

/// An answer to a question. 答复疑问
#[derive(InputObject)]
pub struct IncentiveQuestionAnswerInput {
    /// Which question; never your own. 疑问
    id: Id<incentive_question::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What you answer, 1 to 2,000 characters. 答复
    answer: String,
}

impl IncentiveQuestionAnswerInput {
    /// The order.
    pub fn plain(self) -> Answer {
        Answer {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            answer: self.answer,
        }
    }
}
