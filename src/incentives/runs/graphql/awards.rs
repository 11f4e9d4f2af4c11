//! Awards in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::{IncentiveReason, IncentiveRunState as State};
use entity::{incentive_award, incentive_rule, incentive_rule_version, incentive_run, member};

use super::enums::{IncentiveRunState, IncentiveSubject};
use super::ledger::{IncentiveCorrection, IncentiveQuestion, IncentiveTransaction};
use super::loaders::{FactNames, RuleOf, StateOf};
use crate::access::Call;
use crate::error;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id, Money};
use crate::incentives::definitions::graphql::IncentiveKind;
use crate::incentives::rules::trace::Trace;
use crate::incentives::rules::words::tell;
use crate::incentives::runs::store::{AwardsCorrections, AwardsQuestions, AwardsTransactions};
use crate::incentives::runs::totals::sees_all;
use crate::incentives::runs::verify::trace_of;
use crate::organisation::graphql::Member;

/// What a rule gives a member, with how it came about. 奖励
pub struct IncentiveAward(pub incentive_award::Model);

impl IncentiveAward {
    /// How it came about, as far as the viewer may know: whoever doesn't see everybody's pay isn't told what caps and budgets of the
    /// rule had to hold altogether.
    fn told(&self, call: &Call) -> error::Result<Trace> {
        let trace = trace_of(&self.0)?;
        Ok(if sees_all(call) {
            trace
        } else {
            trace.for_the_member()
        })
    }
}

/// A sentence of an explanation. 说明语句
#[derive(SimpleObject)]
pub struct IncentiveSentence {
    /// The sentence, in the language of the request. 语句
    text: String,
    /// The ids of records behind it, at most 50. 相关记录
    records: Vec<String>,
}

/// What a rule gives a member, with how it came about. 奖励
#[Object]
impl IncentiveAward {
    /// Its id, `incentiveaward_...`. 标识
    pub async fn id(&self) -> Id<incentive_award::Entity> {
        Id::new(self.0.id)
    }

    /// The run, `incentiverun_...`. 计算批次
    async fn run_id(&self) -> Id<incentive_run::Entity> {
        Id::new(self.0.run_id)
    }

    /// How far the run is: CALCULATED while the award is pending, APPROVED once it is earned. 状态
    async fn state(&self, ctx: &Context<'_>) -> Result<IncentiveRunState> {
        let found = ctx.loads().load_one(StateOf(self.0.run_id)).await;
        let state = found.map_err(shared).on_field(ctx.call())?;
        Ok(state.unwrap_or(State::Calculated).into())
    }

    /// The rule, `incentiverule_...`. 规则
    async fn rule_id(&self) -> Id<incentive_rule::Entity> {
        Id::new(self.0.rule_id)
    }

    /// Its version, `incentiveversion_...`. 规则版本
    async fn version_id(&self) -> Id<incentive_rule_version::Entity> {
        Id::new(self.0.version_id)
    }

    /// What the rule is called by that version, in the language of the request. 规则名称
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let found = ctx.loads().load_one(RuleOf(self.0.version_id)).await;
        let content = found.map_err(shared).on_field(ctx.call())?;
        let locale = ctx.call().locale;
        Ok(content.map(|content| content.title().in_locale(locale).to_owned()))
    }

    /// What the rule gives. 激励形式
    async fn kind(&self) -> IncentiveKind {
        self.0.kind.into()
    }

    /// Who gets it, `member_...`. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.0.member_id)
    }

    /// Who gets it; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// For what kind of thing. 奖励对象
    async fn subject(&self) -> IncentiveSubject {
        self.0.subject.into()
    }

    /// The id of the record, where it is one. 记录标识
    async fn subject_id(&self) -> Option<&str> {
        let record = self.0.subject == entity::enums::IncentiveSubject::Record;
        record.then_some(self.0.subject_id.as_str())
    }

    /// The day of the record, or the first day of the period. 日期
    async fn day(&self) -> Date {
        self.0.day.into()
    }

    /// Which part of a split, counted from 0. 分配序号
    async fn part(&self) -> i32 {
        self.0.part
    }

    /// What the rule gives by itself, before caps, groups and budgets; null for things. 核定前金额
    async fn reckoned(&self) -> Option<Money> {
        let currency = self.0.currency.as_deref()?;
        Some(Money::of_minor(self.0.reckoned, currency))
    }

    /// What was awarded, after caps, groups and budgets; corrections and claw-backs are among `transactions`. Null for things. 金额
    async fn amount(&self) -> Option<Money> {
        let currency = self.0.currency.as_deref()?;
        Some(Money::of_minor(self.0.amount, currency))
    }

    /// How many things; null for money. 数量
    async fn count(&self) -> Option<i64> {
        self.0.currency.is_none().then_some(self.0.amount)
    }

    /// How it came about, in the language of the request: the facts with their records, each step, what comes out. 计算说明
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveSentence>> {
        let call = ctx.call();
        let found = ctx.loads().load_one(RuleOf(self.0.version_id)).await;
        let content = found.map_err(shared).on_field(call)?;
        let found = ctx.loads().load_one(FactNames).await;
        let catalogue = found.map_err(shared).on_field(call)?;
        let (Some(content), Some(catalogue)) = (content, catalogue) else {
            return Ok(Vec::new());
        };
        let trace = self.told(call).on_field(call)?;
        let told = tell(&content, &trace, &catalogue);
        Ok(told
            .into_iter()
            .map(|sentence| IncentiveSentence {
                text: sentence.text.in_locale(call.locale).to_owned(),
                records: sentence.records,
            })
            .collect())
    }

    /// The same for machines: the trace as JSON, from which the amount can be computed again. Whoever doesn't see everybody's pay
    /// gets it without what caps and budgets of the rule had to hold altogether, which would tell of the awards of others.
    /// 计算过程（JSON）
    async fn trace(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = ctx.call();
        let trace = self.told(call).on_field(call)?;
        Ok(serde_json::to_string(&trace).ok())
    }

    /// The entries of the ledger about it. 台账分录
    async fn transactions(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveTransaction>> {
        let rows = rows_of::<AwardsTransactions>(ctx, self.0.id).await;
        let mut rows = rows.on_field(ctx.call())?;
        // What is taken or given back together with something else follows from it.
        rows.sort_by_key(|row| {
            (
                row.day,
                row.created_at,
                row.reason == IncentiveReason::ClawBack,
            )
        });
        Ok(rows.into_iter().map(IncentiveTransaction).collect())
    }

    /// Its corrections. 更正
    async fn corrections(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveCorrection>> {
        let rows = rows_of::<AwardsCorrections>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(IncentiveCorrection).collect())
    }

    /// The questions about it. 疑问
    async fn questions(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveQuestion>> {
        let rows = rows_of::<AwardsQuestions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(IncentiveQuestion).collect())
    }

    /// When it was worked out. 计算时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
