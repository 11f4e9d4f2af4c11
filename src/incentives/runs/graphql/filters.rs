//! Which runs, awards, entries, corrections and questions clients ask for.

use async_graphql::InputObject;
use entity::{incentive_payout, incentive_rule, incentive_run, member};

use super::enums::{
    IncentiveCorrectionStateFilter, IncentiveReasonFilter, IncentiveRunStateFilter,
};
use crate::customers::graphql::DateFilter;
use crate::db::filter::IdMatches;
use crate::error::Result;
use crate::graphql::Node;
use crate::graphql::filters::{DateTimeFilter, IdFilter, StringFilter};
use crate::incentives::definitions::graphql::{IncentiveKindFilter, IncentivePeriodFilter};
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
