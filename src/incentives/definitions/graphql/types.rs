//! Rules and their versions in the schema.

use async_graphql::{Context, Object, Result};
use entity::{incentive_rule, incentive_rule_version};

use super::content::IncentiveRuleContent;
use super::enums::{IncentiveKind, IncentiveMethod, IncentivePeriod, IncentiveRuleState};
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::incentives::definitions::content_of;
use crate::incentives::definitions::store::RulesVersions;
use crate::organisation::today;

/// Who gets what for what. 激励规则
pub struct IncentiveRule(pub incentive_rule::Model);

/// Who gets what for what. 激励规则
#[Object]
impl IncentiveRule {
    /// Its id, `incentiverule_...`. 标识
    pub async fn id(&self) -> Id<incentive_rule::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called: as the version says that was put into force last, or its first one before there is any. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 中文名称.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// What it gives, by the same version. 激励形式
    async fn kind(&self) -> IncentiveKind {
        self.0.kind.into()
    }

    /// By which method it works, by the same version. 激励方法
    async fn method(&self) -> IncentiveMethod {
        self.0.method.into()
    }

    /// For which time it gives, by the same version. 周期
    async fn period(&self) -> IncentivePeriod {
        self.0.period.into()
    }

    /// All versions that you can see, the latest first: how the rule came to be what it is. 全部版本
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<IncentiveRuleVersion>> {
        let rows = rows_of::<RulesVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(IncentiveRuleVersion).collect())
    }

    /// The version that holds today; null when none does. 当前生效版本
    async fn in_force(&self, ctx: &Context<'_>) -> Result<Option<IncentiveRuleVersion>> {
        let rows = rows_of::<RulesVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let day = today(ctx.call());
        let holds = |row: &incentive_rule_version::Model| {
            row.active_from.is_some_and(|from| from <= day)
                && row.active_until.is_none_or(|until| day < until)
        };
        Ok(rows.into_iter().find(holds).map(IncentiveRuleVersion))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What a rule says; it never changes once approved. 规则版本
pub struct IncentiveRuleVersion(pub incentive_rule_version::Model);

/// What a rule says; it never changes once approved. 规则版本
#[Object]
impl IncentiveRuleVersion {
    /// Its id, `incentiveversion_...`. 标识
    pub async fn id(&self) -> Id<incentive_rule_version::Entity> {
        Id::new(self.0.id)
    }

    /// Of which rule. 规则
    async fn rule(&self, ctx: &Context<'_>) -> Result<Option<IncentiveRule>> {
        let row = ctx.row::<incentive_rule::Entity>(self.0.rule_id);
        Ok(row.await.on_field(ctx.call())?.map(IncentiveRule))
    }

    /// Counts the versions from 1. 版本序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// How far it is. 状态
    async fn state(&self) -> IncentiveRuleState {
        self.0.state.into()
    }

    /// What it says. 内容
    async fn content(&self, ctx: &Context<'_>) -> Result<IncentiveRuleContent> {
        Ok(content_of(&self.0).on_field(ctx.call())?.into())
    }

    /// What is new. 说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When this content was first simulated; null when it never was. 模拟时间
    async fn simulated_at(&self) -> Option<DateTime> {
        self.0.simulated_at.map(Into::into)
    }

    /// When it was approved. 批准时间
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.approved_at.map(Into::into)
    }

    /// Who approved it, as the account was called then. 批准人
    async fn approved_by_name(&self) -> Option<&str> {
        self.0.approved_by_name.as_deref()
    }

    /// What was said when it was approved, or sent back. 批准或退回理由
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// From which day on it gives awards: for periods that begin on it or later. 生效日期
    async fn active_from(&self) -> Option<Date> {
        self.0.active_from.map(Into::into)
    }

    /// The first day on which it doesn't any more. 失效日期
    async fn active_until(&self) -> Option<Date> {
        self.0.active_until.map(Into::into)
    }

    /// Who put it into force, as the account was called then. 启用人
    async fn activated_by_name(&self) -> Option<&str> {
        self.0.activated_by_name.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
