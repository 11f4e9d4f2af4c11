//! What a version of a rule says, in the schema.

use std::collections::BTreeSet;

use async_graphql::SimpleObject;
use entity::{department, position, team};
use uuid::Uuid;

use super::amounts::amount;
use super::enums::{
    IncentiveExhausted, IncentiveKind, IncentiveMethod, IncentiveOnRefund, IncentivePeriod,
    IncentiveRoundingMode, IncentiveSplitBy, IncentiveStackingMode, IncentiveTierMethod,
    IncentiveTierPaysBy, IncentiveTriggerOn, IncentiveUnfilled,
};
use crate::graphql::{Decimal, Id, Node};
use crate::incentives::definitions::{kind_of, method_of, period_of};
use crate::incentives::rules::content::{
    Budget, Caps, Citation, Parameter, Population, RuleContent, Split, Stacking, Tier, TierPays,
    Tiers, Trigger,
};

/// Everything that a version of a rule says. Amounts are in major units of its currency, or in whole things. 规则内容
#[derive(SimpleObject)]
pub struct IncentiveRuleContent {
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
    /// What it is for. 目的
    purpose: String,
    /// 中文目的.
    purpose_zh: String,
    /// What it gives. 激励形式
    kind: IncentiveKind,
    /// By which method it works. 激励方法
    method: IncentiveMethod,
    /// Whom it is for. 适用人群
    population: IncentivePopulation,
    /// For which time it gives. 周期
    period: IncentivePeriod,
    /// For what it gives. 触发
    trigger: IncentiveTrigger,
    /// When it gives: an expression that is true or false. 条件表达式
    condition: String,
    /// What it gives: an expression. 数额表达式
    amount: String,
    /// The currency by ISO 4217 in which it pays; null when it gives things. 币种
    currency: Option<String>,
    /// Named numbers that its expressions use and a simulation can vary. 参数
    parameters: Vec<IncentiveParameter>,
    /// Steps of achievement; what they bring is `tiers` in the amount. 阶梯
    tiers: Option<IncentiveTiers>,
    /// Between whom the amount is split. 分配
    split: Option<IncentiveSplit>,
    /// Bounds of what it gives. 上限
    caps: IncentiveCaps,
    /// What there is to give altogether. 预算
    budget: Option<IncentiveBudget>,
    /// How it goes together with other rules. 叠加
    stacking: Option<IncentiveStacking>,
    /// How the amount is rounded, once, before it is split. 取整
    rounding: IncentiveRounding,
    /// Facts of which more never brings less. 单调事实
    monotone_in: Vec<String>,
    /// The title and the words of an honour. 颁奖词
    citation: Option<IncentiveCitation>,
    /// What becomes of an award when the money behind it is paid back. 退款处理
    on_refund: IncentiveOnRefund,
}

/// Whom a rule is for: whoever fits everything that is named; everybody when nothing is. 适用人群
#[derive(SimpleObject)]
pub struct IncentivePopulation {
    /// In one of these departments. 部门
    department_ids: Vec<Id<department::Entity>>,
    /// In one of these teams. 团队
    team_ids: Vec<Id<team::Entity>>,
    /// In one of these positions. 岗位
    position_ids: Vec<Id<position::Entity>>,
    /// For so many whole months at least. 最低司龄（整月）
    least_months: i32,
}

/// For what a rule gives. 触发
#[derive(SimpleObject)]
pub struct IncentiveTrigger {
    /// By the period, or by records. 触发方式
    on: IncentiveTriggerOn,
    /// The source of the records, such as `payment`; null by the period. 记录来源
    source: Option<String>,
}

/// A number with a name. 参数
#[derive(SimpleObject)]
pub struct IncentiveParameter {
    /// How the expressions name it. 键
    key: String,
    /// What it is called. 名称
    name: String,
    /// 中文名称.
    name_zh: String,
    /// What it is. 取值
    value: Decimal,
    /// The least that it can become. 最小值
    least: Option<Decimal>,
    /// The most that it can become. 最大值
    most: Option<Decimal>,
}

/// Steps of achievement. 阶梯
#[derive(SimpleObject)]
pub struct IncentiveTiers {
    /// What is held against the steps: an expression. 计算基数表达式
    base: String,
    /// How they are applied. 方式
    method: IncentiveTierMethod,
    /// The steps, from the lowest one up. 各档
    steps: Vec<IncentiveTier>,
}

/// A step. 档
#[derive(SimpleObject)]
pub struct IncentiveTier {
    /// Where it begins. 起点
    from: Decimal,
    /// Before what it ends; null when it has no end. 终点（不含）
    to: Option<Decimal>,
    /// What it brings. 计付
    pays: IncentiveTierPays,
}

/// What a step brings. 计付
#[derive(SimpleObject)]
pub struct IncentiveTierPays {
    /// In which way. 方式
    by: IncentiveTierPaysBy,
    /// How much. 数值
    value: Decimal,
}

/// Between whom an amount is split. 分配
#[derive(SimpleObject)]
pub struct IncentiveSplit {
    /// In which way. 方式
    by: IncentiveSplitBy,
    /// The roles; empty where it is split equally. 角色
    roles: Vec<IncentiveRoleShare>,
    /// What becomes of the part of a role that nobody has; null where it is split equally. 空缺处理
    unfilled: Option<IncentiveUnfilled>,
}

/// The share of a role. 角色份额
#[derive(SimpleObject)]
pub struct IncentiveRoleShare {
    /// The role as records name it, such as `collector`. 角色
    role: String,
    /// In ten-thousandths of the whole. 份额（万分之）
    basis_points: i32,
}

/// Bounds of what a rule gives in a period. 上限
#[derive(SimpleObject)]
pub struct IncentiveCaps {
    /// For one award, before it is split. 单笔上限
    per_award: Option<Decimal>,
    /// For one member. 每人上限
    per_member: Option<Decimal>,
    /// For all of them together. 规则上限
    per_rule: Option<Decimal>,
}

/// What there is to give altogether. 预算
#[derive(SimpleObject)]
pub struct IncentiveBudget {
    /// How much. 数额
    amount: Decimal,
    /// For which time. 预算周期
    period: IncentivePeriod,
    /// What happens when it runs out. 用尽处理
    exhausted: IncentiveExhausted,
}

/// How a rule goes together with others of its group. 叠加
#[derive(SimpleObject)]
pub struct IncentiveStacking {
    /// The key of the group. 组
    group: String,
    /// Which of the group a member gets. 方式
    mode: IncentiveStackingMode,
    /// Which rule goes first, 1 before 2. 优先级
    priority: i32,
}

/// How an amount is rounded. 取整
#[derive(SimpleObject)]
pub struct IncentiveRounding {
    /// Which way. 方式
    mode: IncentiveRoundingMode,
    /// To a multiple of so much: `1` are whole yuan, `0.01` fen. 取整单位
    step: Decimal,
}

/// The title and the words of an honour. 荣誉称号与颁奖词
#[derive(SimpleObject)]
pub struct IncentiveCitation {
    /// The title. 称号
    title: String,
    /// 中文称号.
    title_zh: String,
    /// What it is given for. 颁奖词
    text: String,
    /// 中文颁奖词.
    text_zh: String,
}

fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn ids<E: Node>(ids: BTreeSet<Uuid>) -> Vec<Id<E>> {
    ids.into_iter().map(Id::new).collect()
}

impl From<RuleContent> for IncentiveRuleContent {
    fn from(content: RuleContent) -> Self {
        let currency = content.currency.as_deref();
        Self {
            kind: kind_of(content.kind).into(),
            method: method_of(content.method).into(),
            population: content.population.into(),
            period: period_of(content.period).into(),
            trigger: content.trigger.into(),
            parameters: content.parameters.into_iter().map(Into::into).collect(),
            tiers: content.tiers.map(Into::into),
            split: content.split.map(Into::into),
            caps: caps(&content.caps, currency),
            budget: content.budget.map(|one| budget(&one, currency)),
            stacking: content.stacking.map(Into::into),
            rounding: IncentiveRounding {
                mode: content.rounding.mode.into(),
                step: amount(content.rounding.step, currency),
            },
            monotone_in: content.monotone_in.into_iter().collect(),
            citation: content.citation.map(Into::into),
            on_refund: content.on_refund.into(),
            name: content.name,
            name_zh: content.name_zh,
            purpose: content.purpose,
            purpose_zh: content.purpose_zh,
            condition: content.condition,
            amount: content.amount,
            currency: content.currency,
        }
    }
}

fn caps(caps: &Caps, currency: Option<&str>) -> IncentiveCaps {
    let shown = |cap: Option<i64>| cap.map(|cap| amount(cap, currency));
    IncentiveCaps {
        per_award: shown(caps.per_award),
        per_member: shown(caps.per_member),
        per_rule: shown(caps.per_rule),
    }
}

fn budget(budget: &Budget, currency: Option<&str>) -> IncentiveBudget {
    IncentiveBudget {
        amount: amount(budget.amount, currency),
        period: period_of(budget.period).into(),
        exhausted: budget.exhausted.into(),
    }
}

impl From<Population> for IncentivePopulation {
    fn from(population: Population) -> Self {
        Self {
            department_ids: ids(population.departments),
            team_ids: ids(population.teams),
            position_ids: ids(population.positions),
            least_months: whole(population.least_months),
        }
    }
}

impl From<Trigger> for IncentiveTrigger {
    fn from(trigger: Trigger) -> Self {
        match trigger {
            Trigger::PerPeriod => Self {
                on: IncentiveTriggerOn::PerPeriod,
                source: None,
            },
            Trigger::PerRecord { source } => Self {
                on: IncentiveTriggerOn::PerRecord,
                source: Some(source),
            },
        }
    }
}

impl From<Parameter> for IncentiveParameter {
    fn from(one: Parameter) -> Self {
        Self {
            key: one.key,
            name: one.name,
            name_zh: one.name_zh,
            value: Decimal(one.value),
            least: one.least.map(Decimal),
            most: one.most.map(Decimal),
        }
    }
}

impl From<Tiers> for IncentiveTiers {
    fn from(tiers: Tiers) -> Self {
        Self {
            base: tiers.base,
            method: tiers.method.into(),
            steps: tiers.steps.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Tier> for IncentiveTier {
    fn from(tier: Tier) -> Self {
        let (by, value) = match tier.pays {
            TierPays::Rate(value) => (IncentiveTierPaysBy::Rate, value),
            TierPays::Each(value) => (IncentiveTierPaysBy::Each, value),
            TierPays::Amount(value) => (IncentiveTierPaysBy::Amount, value),
        };
        Self {
            from: Decimal(tier.from),
            to: tier.to.map(Decimal),
            pays: IncentiveTierPays {
                by,
                value: Decimal(value),
            },
        }
    }
}

impl From<Split> for IncentiveSplit {
    fn from(split: Split) -> Self {
        match split {
            Split::Equal => Self {
                by: IncentiveSplitBy::Equal,
                roles: Vec::new(),
                unfilled: None,
            },
            Split::Role { roles, unfilled } => Self {
                by: IncentiveSplitBy::Role,
                roles: roles
                    .into_iter()
                    .map(|one| IncentiveRoleShare {
                        role: one.role,
                        basis_points: whole(one.basis_points),
                    })
                    .collect(),
                unfilled: Some(unfilled.into()),
            },
        }
    }
}

impl From<Stacking> for IncentiveStacking {
    fn from(stacking: Stacking) -> Self {
        Self {
            group: stacking.group,
            mode: stacking.mode.into(),
            priority: whole(stacking.priority),
        }
    }
}

impl From<Citation> for IncentiveCitation {
    fn from(citation: Citation) -> Self {
        Self {
            title: citation.title,
            title_zh: citation.title_zh,
            text: citation.text,
            text_zh: citation.text_zh,
        }
    }
}
