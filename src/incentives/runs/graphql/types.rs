//! Runs, payouts and locked months in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{incentive_lock, incentive_payout, incentive_rule, incentive_run, metric_snapshot};

use super::enums::IncentiveRunState;
use super::loaders::{TotalsOf, VersionOf};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id, Money};
use crate::incentives::definitions::graphql::{IncentiveKind, IncentivePeriod};
use crate::incentives::runs::totals::{Told, sees_all, together, withheld};

/// The awards of a period by the rules in force, worked out at once. 激励计算批次
pub struct IncentiveRun(pub incentive_run::Model);

impl IncentiveRun {
    async fn told(&self, ctx: &Context<'_>) -> Result<std::sync::Arc<Vec<Told>>> {
        let found = ctx.loads().load_one(TotalsOf(self.0.id)).await;
        let found = found.map_err(shared).on_field(ctx.call())?;
        Ok(found.unwrap_or_default())
    }
}

/// The awards of a period by the rules in force, worked out at once. 激励计算批次
#[Object]
impl IncentiveRun {
    /// Its id, `incentiverun_...`. 标识
    pub async fn id(&self) -> Id<incentive_run::Entity> {
        Id::new(self.0.id)
    }

    /// For a month, a quarter or a year. 周期
    async fn period(&self) -> IncentivePeriod {
        self.0.period.into()
    }

    /// The first day. 首日
    async fn from_day(&self) -> Date {
        self.0.from_day.into()
    }

    /// The first day after it. 截止日（不含）
    async fn until_day(&self) -> Date {
        self.0.until_day.into()
    }

    /// Counts up from 1: one that was sent back may be run again. 第几次
    async fn attempt(&self) -> i32 {
        self.0.attempt
    }

    /// How far it is. 状态
    async fn state(&self) -> IncentiveRunState {
        self.0.state.into()
    }

    /// The digest of the versions of rules by which it is worked out. 规则集摘要
    async fn rule_set(&self) -> &str {
        &self.0.rule_set
    }

    /// Where its figures are frozen, `metricsnapshot_...`. 指标快照
    async fn snapshot_id(&self) -> Option<Id<metric_snapshot::Entity>> {
        self.0.snapshot_id.map(Id::new)
    }

    /// How many members, teams and records were evaluated so far. 已计算数
    async fn evaluated(&self) -> i32 {
        self.0.evaluated
    }

    /// How many awards it has; null where that would tell what few get, unless you see everybody's pay. 奖励数（人数过少时不显示）
    async fn awards(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let told = sees_all(ctx.call()) || !withheld(&self.told(ctx).await?);
        Ok(told.then_some(self.0.awards))
    }

    /// What keeps it from being worked out. 问题
    async fn problem(&self) -> Option<&str> {
        self.0.problem.as_deref()
    }

    /// What each rule gives; empty until it is worked out. 各规则汇总
    async fn totals(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveRunTotal>> {
        let told = self.told(ctx).await?;
        Ok(told.iter().cloned().map(IncentiveRunTotal).collect())
    }

    /// What all rules give together in money, less deductions, by currency. Pay adjustments are in it, which aren't booked.
    /// 合计金额（含不入台账的调薪）
    async fn sums(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveRunSum>> {
        let told = self.told(ctx).await?;
        Ok(together(&told)
            .into_iter()
            .map(|(currency, amount)| IncentiveRunSum {
                amount: amount.map(|amount| Money::of_minor(amount, &currency)),
                currency,
                is_rounded: told.iter().any(|told| told.rounded),
            })
            .collect())
    }

    /// Who asked for it, as the account was called then. 发起人
    async fn started_by(&self) -> &str {
        &self.0.started_by_name
    }

    /// When it was worked out. 计算完成时间
    async fn calculated_at(&self) -> Option<DateTime> {
        self.0.calculated_at.map(Into::into)
    }

    /// Who approved it or sent it back, as the account was called then. 审批人
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When. 审批时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// Why it was sent back. 退回原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When all of it was booked. 入账时间
    async fn booked_at(&self) -> Option<DateTime> {
        self.0.booked_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in changes. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was asked for. 发起时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What a rule gives in a run. 规则汇总
pub struct IncentiveRunTotal(pub Told);

/// What a rule gives in a run. 规则汇总
#[Object]
impl IncentiveRunTotal {
    /// The rule, `incentiverule_...`. 规则
    async fn rule_id(&self) -> Id<incentive_rule::Entity> {
        Id::new(self.0.rule_id)
    }

    /// What the rule was called then, in the language of the request. 规则名称
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let key = VersionOf(self.0.run_id, self.0.rule_id);
        let found = ctx.loads().load_one(key).await.map_err(shared);
        let content = found.on_field(ctx.call())?;
        let locale = ctx.call().locale;
        Ok(content.map(|content| content.title().in_locale(locale).to_owned()))
    }

    /// What it gives. 激励形式
    async fn kind(&self) -> IncentiveKind {
        self.0.kind.into()
    }

    /// How many members get something; null where that is fewer than `metrics.minimum_group`, or nobody, or where one of them gets
    /// more than half, unless you see everybody's pay. 人数（过少或一人过半时不显示）
    async fn members(&self) -> Option<i64> {
        self.0.given.map(|given| given.members)
    }

    /// How many awards there are; null like the members. 奖励数（人数过少时不显示）
    async fn awards(&self) -> Option<i64> {
        self.0.given.map(|given| given.awards)
    }

    /// What they come to; null for things, and like the members. 金额（人数过少时不显示；见 isRounded）
    async fn amount(&self) -> Option<Money> {
        let currency = self.0.currency.as_deref()?;
        Some(Money::of_minor(self.0.given?.amount, currency))
    }

    /// How many things; null for money, and like the amount. 数量
    async fn count(&self) -> Option<i64> {
        let given = self.0.given.filter(|_| self.0.currency.is_none());
        given.map(|given| given.amount)
    }

    /// Facts that weren't known, and for how many members, teams or records: the rule gives them nothing. Those of few are left out, and
    /// all where the members aren't told. 缺失事实（人数过少时不显示）
    async fn missing(&self) -> Vec<IncentiveRunMissing> {
        let missing = self.0.missing.iter();
        missing
            .map(|(fact, cases)| IncentiveRunMissing {
                fact: fact.clone(),
                cases: int(*cases),
            })
            .collect()
    }

    /// For how many members, teams or records the rule couldn't be computed, as something was divided by nought or became too large: it
    /// gives them nothing. Null where they are few or the members aren't told, and in runs of older versions.
    /// 无法计算数（除数为零或数值过大；人数过少时不显示）
    async fn failed(&self) -> Option<i32> {
        self.0.failed.map(int)
    }

    /// Is the amount or count rounded, so that what single members get doesn't follow from it? It is unless you see everybody's
    /// pay: to the least of 1, 2, 5, 10, 20, 50 ... that is at least twice the largest amount in it. 是否取整
    async fn is_rounded(&self) -> bool {
        self.0.rounded
    }
}

fn int(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A fact that wasn't known. 缺失事实
#[derive(SimpleObject)]
pub struct IncentiveRunMissing {
    /// Its key. 事实
    fact: String,
    /// For how many members, teams or records. 次数
    cases: i32,
}

/// What all rules of a run give together. 合计金额
#[derive(SimpleObject)]
pub struct IncentiveRunSum {
    /// The currency by ISO 4217. 币种
    currency: String,
    /// How much; null where that would tell what few get. 金额
    amount: Option<Money>,
    /// Is it the sum of amounts that are rounded? 是否由取整金额合计
    is_rounded: bool,
}

/// What is handed to payroll at once. 发放批次
pub struct IncentivePayout(pub incentive_payout::Model);

/// What is handed to payroll at once. 发放批次
#[Object]
impl IncentivePayout {
    /// Its id, `payout_...`. 标识
    pub async fn id(&self) -> Id<incentive_payout::Entity> {
        Id::new(self.0.id)
    }

    /// Counts up from 1. 序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What it is called. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The currency by ISO 4217. 币种
    async fn currency(&self) -> &str {
        &self.0.currency
    }

    /// Entries before this day are paid. 截止日（不含）
    async fn until_day(&self) -> Date {
        self.0.until_day.into()
    }

    /// On which day it is booked. 入账日期
    async fn booked_on(&self) -> Date {
        self.0.booked_on.into()
    }

    /// How many members are paid. 人数
    async fn members(&self) -> i32 {
        self.0.members
    }

    /// What is paid altogether; null unless you see everybody's pay. 总额
    async fn total(&self, ctx: &Context<'_>) -> Option<Money> {
        sees_all(ctx.call()).then(|| Money::of_minor(self.0.total, &self.0.currency))
    }

    /// Who made it, as the account was called then. 生成人
    async fn made_by(&self) -> &str {
        &self.0.made_by_name
    }

    /// When. 生成时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was taken back as a whole: what was paid is owed again. 冲销时间
    async fn reversed_at(&self) -> Option<DateTime> {
        self.0.reversed_at.map(Into::into)
    }

    /// On which day that is booked. 冲销入账日期
    async fn reversed_on(&self) -> Option<Date> {
        self.0.reversed_on.map(Into::into)
    }

    /// Who took it back, as the account was called then. 冲销人
    async fn reversed_by(&self) -> Option<&str> {
        self.0.reversed_by_name.as_deref()
    }

    /// Why. 冲销原因
    async fn reversal_reason(&self) -> Option<&str> {
        self.0.reversal_reason.as_deref()
    }
}

/// Months in which nothing is booked any more. 月结锁定
pub struct IncentiveMonthLock(pub incentive_lock::Model);

/// Months in which nothing is booked any more. 月结锁定
#[Object]
impl IncentiveMonthLock {
    /// Its id, `monthlock_...`. 标识
    pub async fn id(&self) -> Id<incentive_lock::Entity> {
        Id::new(self.0.id)
    }

    /// The first day on which can still be booked. 可入账首日
    async fn open_from(&self) -> Date {
        self.0.open_from.into()
    }

    /// What was agreed. 备注
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who locked, as the account was called then. 操作人
    async fn made_by(&self) -> &str {
        &self.0.made_by_name
    }

    /// When. 锁定时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
