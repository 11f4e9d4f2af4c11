//! What clients hand in about runs, awards and the ledger.

use async_graphql::InputObject;
use entity::{
    incentive_award, incentive_correction, incentive_payout, incentive_question, incentive_run,
};

use super::enums::plain;
use crate::graphql::{Date, Id, MoneyInput};
use crate::incentives::definitions::graphql::IncentivePeriod;
use crate::incentives::runs::actions::{
    Answer, Ask, Correct, CorrectionDecide, Lock, Pay, Reverse, Start, Step,
};

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
