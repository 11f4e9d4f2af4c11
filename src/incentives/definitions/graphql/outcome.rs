//! What a simulation came to, in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{incentive_rule_version, member};

use super::amounts::amount;
use super::enums::IncentiveRisk;
use super::types::IncentiveRuleVersion;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, Decimal, Id};
use crate::incentives::definitions::simulations::batch::Against;
use crate::incentives::definitions::simulations::result::{
    Compared, OfBudget, OfRule, Outcome, Point, Row, Spread, Warned,
};
use crate::organisation::graphql::Member;

/// What a simulation came to. Figures of few people, and what single members would get, are shown to those only who may see pay; to
/// others totals are rounded.
/// 模拟结果
pub struct IncentiveSimulationResult(pub Outcome);

fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn long(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// What a simulation came to. Figures of few people, and what single members would get, are shown to those only who may see pay; to
/// others totals are rounded.
/// 模拟结果
#[Object]
impl IncentiveSimulationResult {
    /// By currency, and for things: everything together. 总体对比
    async fn comparisons(&self) -> Vec<IncentiveComparison> {
        let all = self.0.comparisons.iter().cloned();
        all.map(IncentiveComparison).collect()
    }

    /// By rule. 各规则
    async fn rules(&self) -> Vec<IncentiveRuleOutcome> {
        self.0
            .rules
            .iter()
            .cloned()
            .map(IncentiveRuleOutcome)
            .collect()
    }

    /// What becomes of the budgets, by rule and period; those behind which are few people are left out. 预算使用
    async fn budgets(&self) -> Vec<IncentiveBudgetUse> {
        self.0
            .budgets
            .iter()
            .cloned()
            .map(IncentiveBudgetUse)
            .collect()
    }

    /// What comes out for each value of the parameter that is varied. 参数敏感性
    async fn sensitivity(&self) -> Vec<IncentiveSensitivityPoint> {
        self.0.points.iter().map(Into::into).collect()
    }

    /// What may reward the wrong things: questions to look into, not judgements. 预警
    async fn warnings(&self) -> Vec<IncentiveWarning> {
        self.0
            .warnings
            .iter()
            .cloned()
            .map(IncentiveWarning)
            .collect()
    }
}

/// What changes in one currency, or in things. 对比
pub struct IncentiveComparison(Compared);

/// What changes in one currency, or in things. 对比
#[Object]
impl IncentiveComparison {
    /// The currency by ISO 4217; null for things. 币种
    async fn currency(&self) -> Option<&str> {
        self.0.currency.as_deref()
    }

    /// By the rules of the day on which it was asked for; null where few people are behind it. 现行规则
    async fn before(&self) -> Option<IncentiveDistribution> {
        spread(self.0.before.as_ref(), self.0.currency.as_deref())
    }

    /// By the candidates; null where few people are behind it. 候选规则
    async fn after(&self) -> Option<IncentiveDistribution> {
        spread(self.0.after.as_ref(), self.0.currency.as_deref())
    }

    /// How many members get more; null where few people are behind it. 增加人数
    async fn gainers(&self) -> Option<i32> {
        self.0.gainers.map(int)
    }

    /// How many members get less; null where few people are behind it. 减少人数
    async fn losers(&self) -> Option<i32> {
        self.0.losers.map(int)
    }

    /// Everybody who gets something by either and whose pay you may see. The look is logged. 个人对比（查看均有记录）
    async fn members(&self) -> Option<Vec<IncentiveMemberChange>> {
        let currency = self.0.currency.as_deref();
        let row = |row: &Row| IncentiveMemberChange {
            member_id: row.0,
            before: amount(row.1, currency),
            after: amount(row.2, currency),
        };
        Some(self.0.members.iter().map(row).collect())
    }
}

/// How amounts are spread over members. 分布
#[derive(SimpleObject)]
pub struct IncentiveDistribution {
    /// How many members get something. 人数
    members: i32,
    /// What they get together; unless you may see what everybody is paid rounded, so that one member moves it by half a step at most. 合计
    total: Decimal,
    /// The amounts below which 10, 25, 50, 75 and 90 of a hundred members lie; null unless you may see what everybody is paid. 分位数
    quantiles: Option<Vec<Decimal>>,
    /// The Gini coefficient: 0 when all get the same, near 1 when one gets all; unless you may see what everybody is paid only of many,
    /// and to 0.05. 基尼系数
    gini: Option<Decimal>,
    /// The share, in percent, of the tenth that gets most; unless you may see what everybody is paid only where that tenth isn't few,
    /// and to 5 %. 前十分之一占比（%）
    top_tenth: Option<Decimal>,
}

fn spread(spread: Option<&Spread>, currency: Option<&str>) -> Option<IncentiveDistribution> {
    spread.map(|spread| IncentiveDistribution {
        members: int(spread.members),
        total: amount(spread.total, currency),
        quantiles: spread
            .quantiles
            .map(|all| all.iter().map(|one| amount(*one, currency)).collect()),
        gini: spread.gini.map(Decimal),
        top_tenth: spread.top_tenth.map(Decimal),
    })
}

/// A member, before and after. 个人对比
pub struct IncentiveMemberChange {
    member_id: uuid::Uuid,
    before: Decimal,
    after: Decimal,
}

/// A member, before and after. 个人对比
#[Object]
impl IncentiveMemberChange {
    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// By the rules of the day on which it was asked for. 现行规则
    async fn before(&self) -> Decimal {
        self.before
    }

    /// By the candidates. 候选规则
    async fn after(&self) -> Decimal {
        self.after
    }
}

/// What a rule gives. 单条规则
pub struct IncentiveRuleOutcome(OfRule);

/// What a rule gives. 单条规则
#[Object]
impl IncentiveRuleOutcome {
    /// By which version. 规则版本
    async fn rule_version(&self, ctx: &Context<'_>) -> Result<Option<IncentiveRuleVersion>> {
        let row = ctx.row::<incentive_rule_version::Entity>(self.0.version);
        Ok(row.await.on_field(ctx.call())?.map(IncentiveRuleVersion))
    }

    /// Is it one that is tried? 是否候选
    async fn is_candidate(&self) -> bool {
        self.0.candidate
    }

    /// The currency by ISO 4217; null for things. 币种
    async fn currency(&self) -> Option<&str> {
        self.0.currency.as_deref()
    }

    /// How many members it is for, in the period in which they are most. 适用人数
    async fn people(&self) -> i32 {
        long(self.0.people)
    }

    /// For how many members, teams or records it was evaluated; 0 where it is withheld. 计算次数
    async fn cases(&self) -> i32 {
        long(self.0.cases)
    }

    /// Facts that weren't known, for how many of them: they get nothing. Those of few are left out. 缺失事实
    async fn missing(&self) -> Vec<IncentiveMissingFact> {
        let missing = self.0.missing.iter();
        missing
            .map(|(fact, cases)| IncentiveMissingFact {
                fact: fact.clone(),
                cases: long(*cases),
            })
            .collect()
    }

    /// A case in which more of a fact brings less, against what the rule says; null when none was found, and unless you may see what
    /// everybody is paid: the case is somebody's. 违反单调性
    async fn against_monotony(&self) -> Option<IncentiveViolation> {
        let currency = self.0.currency.as_deref();
        let against = self.0.against.as_ref();
        against.map(|against| violation(against, currency))
    }

    /// By the rules of the day on which it was asked for; null where it isn't among them, or few people are behind it. 现行规则
    async fn before(&self) -> Option<IncentiveDistribution> {
        spread(self.0.before.as_ref(), self.0.currency.as_deref())
    }

    /// By the candidates; null where it isn't among them, or few people are behind it. 候选规则
    async fn after(&self) -> Option<IncentiveDistribution> {
        spread(self.0.after.as_ref(), self.0.currency.as_deref())
    }
}

/// A fact that wasn't known. 缺失事实
#[derive(SimpleObject)]
pub struct IncentiveMissingFact {
    /// Its key. 事实
    fact: String,
    /// For how many members, teams or records. 次数
    cases: i32,
}

/// A case in which more of a fact brings less. 违反单调性
#[derive(SimpleObject)]
pub struct IncentiveViolation {
    /// The fact. 事实
    fact: String,
    /// How much of it brings more. 较少取值
    less: String,
    /// What that brings; null unless you may see what everybody is paid. 对应数额
    brings: Option<Decimal>,
    /// How much of it brings less. 较多取值
    more: String,
    /// What that brings; null unless you may see what everybody is paid. 对应数额
    brings_only: Option<Decimal>,
}

fn violation(against: &Against, currency: Option<&str>) -> IncentiveViolation {
    IncentiveViolation {
        fact: against.fact.clone(),
        less: against.less.clone(),
        brings: against.brings.map(|one| amount(one, currency)),
        more: against.more.clone(),
        brings_only: against.brings_only.map(|one| amount(one, currency)),
    }
}

/// What becomes of a budget in a period; the sums are rounded unless you may see what everybody is paid. 预算使用
pub struct IncentiveBudgetUse(OfBudget);

/// What becomes of a budget in a period; the sums are rounded unless you may see what everybody is paid. 预算使用
#[Object]
impl IncentiveBudgetUse {
    /// Of which version. 规则版本
    async fn rule_version(&self, ctx: &Context<'_>) -> Result<Option<IncentiveRuleVersion>> {
        let row = ctx.row::<incentive_rule_version::Entity>(self.0.version);
        Ok(row.await.on_field(ctx.call())?.map(IncentiveRuleVersion))
    }

    /// The first day of the period. 周期起始日
    async fn from(&self) -> Date {
        self.0.span.from.into()
    }

    /// The first day after it. 周期截止日（不含）
    async fn until(&self) -> Date {
        self.0.span.to.into()
    }

    /// How much there is. 预算
    async fn budget(&self) -> Decimal {
        amount(self.0.budget, self.0.currency.as_deref())
    }

    /// What was spent of it before, within the periods that are tried. 此前已用
    async fn spent(&self) -> Decimal {
        amount(self.0.spent, self.0.currency.as_deref())
    }

    /// What the rule would give without it. 应发
    async fn asked(&self) -> Decimal {
        amount(self.0.asked, self.0.currency.as_deref())
    }

    /// What it gives. 实发
    async fn given(&self) -> Decimal {
        amount(self.0.given, self.0.currency.as_deref())
    }

    /// Doesn't it suffice, as far as the sums tell that are shown? 是否不足
    async fn is_exhausted(&self) -> bool {
        self.0.given < self.0.asked
    }
}

/// What comes out for a value of the parameter. 敏感性取值
#[derive(SimpleObject)]
pub struct IncentiveSensitivityPoint {
    /// The value. 取值
    value: Decimal,
    /// By currency, and for things. 成本
    costs: Vec<IncentiveCost>,
}

/// What is given in one currency, or in things. 成本
#[derive(SimpleObject)]
pub struct IncentiveCost {
    /// The currency by ISO 4217; null for things. 币种
    currency: Option<String>,
    /// How it is spread; null where few people are behind it, or behind the difference. 分布
    spread: Option<IncentiveDistribution>,
}

impl From<&Point> for IncentiveSensitivityPoint {
    fn from(point: &Point) -> Self {
        let cost = |(currency, cost): &(Option<String>, Option<Spread>)| IncentiveCost {
            spread: spread(cost.as_ref(), currency.as_deref()),
            currency: currency.clone(),
        };
        Self {
            value: Decimal(point.value),
            costs: point.costs.iter().map(cost).collect(),
        }
    }
}

/// A warning. 预警
pub struct IncentiveWarning(Warned);

/// A warning. 预警
#[Object]
impl IncentiveWarning {
    /// About what. 类型
    async fn risk(&self) -> IncentiveRisk {
        self.0.risk.into()
    }

    /// About which version; null when it is about all of them together, or about several members by several versions. 规则版本
    async fn version_id(&self) -> Option<Id<incentive_rule_version::Entity>> {
        self.0.version.map(Id::new)
    }

    /// About whom; null when it is about rules, or about several whose pay you may not see. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The figure; of several members how many they are. 数值
    async fn figure(&self) -> Decimal {
        Decimal(self.0.figure)
    }

    /// From which figure on it is told. 阈值
    async fn threshold(&self) -> Decimal {
        Decimal(self.0.threshold)
    }

    /// A sentence with the numbers, in the language of the request. 说明
    async fn message(&self, ctx: &Context<'_>) -> String {
        let text = crate::error::Text::new(self.0.en.clone(), self.0.zh.clone());
        text.in_locale(ctx.call().locale).to_owned()
    }
}
