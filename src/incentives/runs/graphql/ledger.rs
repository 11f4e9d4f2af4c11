//! Entries of the ledger, corrections, questions and statements in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::IncentiveAccount as Account;
use entity::{
    incentive_award, incentive_correction, incentive_payout, incentive_question, incentive_rule,
    incentive_transaction, member,
};

use super::enums::{IncentiveAccountKind, IncentiveCorrectionState, IncentiveReason};
use super::loaders::PostingsOf;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::ids::encode;
use crate::graphql::{Ask, Date, DateTime, Id, Money, Node};
use crate::incentives::runs::statement;
use crate::organisation::graphql::Member;

/// An entry of the ledger; never changed. 台账分录
pub struct IncentiveTransaction(pub incentive_transaction::Model);

/// A side of an entry. 记账
#[derive(SimpleObject)]
pub struct IncentivePosting {
    /// Which kind of account. 科目
    account: IncentiveAccountKind,
    /// Whose: the rule's or the member's. 归属
    of: String,
    /// Debit above nought, credit below. 金额（借正贷负）
    amount: Money,
}

/// An entry of the ledger; never changed. 台账分录
#[Object]
impl IncentiveTransaction {
    /// Its id, `transaction_...`. 标识
    pub async fn id(&self) -> Id<incentive_transaction::Entity> {
        Id::new(self.0.id)
    }

    /// What it is. 业务类型
    async fn reason(&self) -> IncentiveReason {
        self.0.reason.into()
    }

    /// On which day it is booked. 入账日期
    async fn day(&self) -> Date {
        self.0.day.into()
    }

    /// The member, `member_...`. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.0.member_id)
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The rule behind it, `incentiverule_...`. 规则
    async fn rule_id(&self) -> Option<Id<incentive_rule::Entity>> {
        self.0.rule_id.map(Id::new)
    }

    /// The award that it is about, `incentiveaward_...`. 奖励
    async fn award_id(&self) -> Option<Id<incentive_award::Entity>> {
        self.0.award_id.map(Id::new)
    }

    /// The payout that it belongs to, `payout_...`. 发放批次
    async fn payout_id(&self) -> Option<Id<incentive_payout::Entity>> {
        self.0.payout_id.map(Id::new)
    }

    /// The number of the line within its payout, counted from 1 by the members' numbers; the entry that takes a line back has the
    /// same. Null for what isn't one. 发放明细行号
    async fn line(&self) -> Option<i32> {
        self.0.line
    }

    /// The id of what it is about: an award, a payout, a payment that was refunded, a correction. 相关对象
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// What it changes of what is owed to the member. 金额
    async fn amount(&self) -> Money {
        Money::of_minor(self.0.amount, &self.0.currency)
    }

    /// What is paid to the member, above nought; below nought where a payout is taken back. Null for what isn't a payout. 发放金额
    async fn paid(&self) -> Option<Money> {
        let is_payout = self.0.payout_id.is_some();
        is_payout.then(|| Money::of_minor(self.0.amount.saturating_neg(), &self.0.currency))
    }

    /// Why, for a correction or a payout that is taken back. 原因
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who booked it, as the account was called then. 入账人
    async fn made_by(&self) -> &str {
        &self.0.made_by_name
    }

    /// Its sides, which make nought together. 借贷明细
    async fn postings(&self, ctx: &Context<'_>) -> Result<Vec<IncentivePosting>> {
        let found = ctx.loads().load_one(PostingsOf(self.0.id)).await;
        let rows = found.map_err(shared).on_field(ctx.call())?;
        Ok(rows
            .unwrap_or_default()
            .into_iter()
            .map(|row| {
                let prefix = match row.account {
                    Account::Expense => incentive_rule::Entity::PREFIX,
                    Account::Payable | Account::Paid => member::Entity::PREFIX,
                };
                IncentivePosting {
                    account: row.account.into(),
                    of: encode(prefix, row.account_of),
                    amount: Money::of_minor(row.amount, &row.currency),
                }
            })
            .collect())
    }

    /// When it was booked. 入账时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A mistake that is put right by an entry of its own. 更正
pub struct IncentiveCorrection(pub incentive_correction::Model);

/// A mistake that is put right by an entry of its own. 更正
#[Object]
impl IncentiveCorrection {
    /// Its id, `correction_...`. 标识
    pub async fn id(&self) -> Id<incentive_correction::Entity> {
        Id::new(self.0.id)
    }

    /// The award, `incentiveaward_...`. 奖励
    async fn award_id(&self) -> Id<incentive_award::Entity> {
        Id::new(self.0.award_id)
    }

    /// The member, `member_...`. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.0.member_id)
    }

    /// The member; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What the member is owed more, or less when below nought. 金额
    async fn amount(&self) -> Money {
        Money::of_minor(self.0.amount, &self.0.currency)
    }

    /// Why. 原因
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What has become of it. 状态
    async fn state(&self) -> IncentiveCorrectionState {
        self.0.state.into()
    }

    /// Who proposed it, as the account was called then. 提出人
    async fn proposed_by(&self) -> &str {
        &self.0.proposed_by_name
    }

    /// Who decided, as the account was called then. 审批人
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When. 审批时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// In the words of who decided. 审批意见
    async fn decision(&self) -> Option<&str> {
        self.0.decision.as_deref()
    }

    /// When whoever proposed it withdrew it; its state is DECLINED then, and nobody decided. 撤回时间
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in the decision. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was proposed. 提出时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What a member asks about an own award. 疑问
pub struct IncentiveQuestion(pub incentive_question::Model);

/// What a member asks about an own award. 疑问
#[Object]
impl IncentiveQuestion {
    /// Its id, `awardquestion_...`. 标识
    pub async fn id(&self) -> Id<incentive_question::Entity> {
        Id::new(self.0.id)
    }

    /// The award, `incentiveaward_...`. 奖励
    async fn award_id(&self) -> Id<incentive_award::Entity> {
        Id::new(self.0.award_id)
    }

    /// Who asks, `member_...`. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.0.member_id)
    }

    /// Who asks; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What is asked. 疑问
    async fn question(&self) -> &str {
        &self.0.question
    }

    /// What was answered. 答复
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// Who answered, as the account was called then. 答复人
    async fn answered_by(&self) -> Option<&str> {
        self.0.answered_by_name.as_deref()
    }

    /// When. 答复时间
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(Into::into)
    }

    /// When the asker withdrew it. 撤回时间
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in the answer. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was asked. 提出时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A currency of a statement. 对账单
#[derive(SimpleObject)]
pub struct IncentiveAccount {
    /// What was owed before the first day; below nought, what the member owed. 期初余额
    opening: Money,
    /// What was awarded, less deductions. 奖励
    awarded: Money,
    /// What was corrected. 更正
    corrected: Money,
    /// What was taken back for refunds: not above nought, unless more came back in these days because an award was corrected. 追回
    taken_back: Money,
    /// What was paid: not above nought, unless a payout of earlier days was taken back. 已发放
    paid: Money,
    /// What is owed after the last day. 期末余额
    closing: Money,
}

impl From<statement::Account> for IncentiveAccount {
    fn from(account: statement::Account) -> Self {
        let money = |amount| Money::of_minor(amount, &account.currency);
        Self {
            opening: money(account.opening),
            awarded: money(account.awarded),
            corrected: money(account.corrected),
            taken_back: money(account.taken_back),
            paid: money(account.paid),
            closing: money(account.closing),
        }
    }
}
