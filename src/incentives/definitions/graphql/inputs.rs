//! What a version of a rule says, as it is written.

use async_graphql::InputObject;
use entity::{department, position, team};

use super::amounts::minor;
use super::enums::{
    IncentiveExhausted, IncentiveKind, IncentiveMethod, IncentiveOnRefund, IncentivePeriod,
    IncentiveRoundingMode, IncentiveSplitBy, IncentiveStackingMode, IncentiveTierMethod,
    IncentiveTierPaysBy, IncentiveTriggerOn, IncentiveUnfilled,
};
use crate::graphql::{Decimal, Id};
use crate::incentives::definitions::{plain_kind, plain_method, plain_period};
use crate::incentives::rules::content::{
    Budget, Caps, Citation, OnRefund, Parameter, Population, RoleShare, Rounding, RuleContent,
    Split, Stacking, Tier, TierPays, Tiers, Trigger, Unfilled,
};

/// Everything that a version of a rule says. Amounts are in major units of its currency, or in whole things. 规则内容
#[derive(Clone, InputObject)]
pub struct IncentiveRuleContentInput {
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// What it is for, 1 to 1000 characters. 目的
    purpose: String,
    /// 中文目的, 1 to 1000 characters.
    purpose_zh: String,
    /// What it gives. 激励形式
    kind: IncentiveKind,
    /// By which method it works. 激励方法
    method: IncentiveMethod,
    /// Whom it is for; everybody when nothing is named. 适用人群
    population: Option<IncentivePopulationInput>,
    /// For which time it gives. 周期
    period: IncentivePeriod,
    /// For what it gives. 触发
    trigger: IncentiveTriggerInput,
    /// When it gives: an expression that is true or false. 条件表达式
    #[graphql(default_with = "\"true\".to_owned()")]
    condition: String,
    /// What it gives: an expression; money where the rule has a currency, otherwise a number of things. 数额表达式
    amount: String,
    /// The currency by ISO 4217 in which it pays; none when it gives things. 币种
    currency: Option<String>,
    /// Named numbers that its expressions use and a simulation can vary. 参数
    #[graphql(default)]
    parameters: Vec<IncentiveParameterInput>,
    /// Steps of achievement; what they bring is `tiers` in the amount. 阶梯
    tiers: Option<IncentiveTiersInput>,
    /// Between whom the amount is split. 分配
    split: Option<IncentiveSplitInput>,
    /// Bounds of what it gives. 上限
    caps: Option<IncentiveCapsInput>,
    /// What there is to give altogether. 预算
    budget: Option<IncentiveBudgetInput>,
    /// How it goes together with other rules. 叠加
    stacking: Option<IncentiveStackingInput>,
    /// How the amount is rounded, once, before it is split. 取整
    rounding: IncentiveRoundingInput,
    /// Facts of which more never brings less. 单调事实
    #[graphql(default)]
    monotone_in: Vec<String>,
    /// The title and the words of an honour. 颁奖词
    citation: Option<IncentiveCitationInput>,
    /// What becomes of an award when the money behind it is paid back; taken back when nothing is said. 退款处理
    on_refund: Option<IncentiveOnRefund>,
}

/// Whom a rule is for: whoever fits everything that is named. 适用人群
#[derive(Clone, InputObject)]
pub struct IncentivePopulationInput {
    /// In one of these departments; in any when none is named. 部门
    #[graphql(default)]
    department_ids: Vec<Id<department::Entity>>,
    /// In one of these teams; in any when none is named. 团队
    #[graphql(default)]
    team_ids: Vec<Id<team::Entity>>,
    /// In one of these positions; in any when none is named. 岗位
    #[graphql(default)]
    position_ids: Vec<Id<position::Entity>>,
    /// For so many whole months at least. 最低司龄（整月）
    #[graphql(default)]
    least_months: i32,
}

/// For what a rule gives. 触发
#[derive(Clone, InputObject)]
pub struct IncentiveTriggerInput {
    /// By the period, or by records. 触发方式
    on: IncentiveTriggerOn,
    /// The source of the records by its name in `incentiveFacts`, such as `payment`. 记录来源
    source: Option<String>,
}

/// A number with a name. 参数
#[derive(Clone, InputObject)]
pub struct IncentiveParameterInput {
    /// How the expressions name it: small letters, digits and `_`. 键
    key: String,
    /// What it is called, 1 to 100 characters. 名称
    name: String,
    /// 中文名称, 1 to 100 characters.
    name_zh: String,
    /// What it is. 取值
    value: Decimal,
    /// The least that it can become. 最小值
    least: Option<Decimal>,
    /// The most that it can become. 最大值
    most: Option<Decimal>,
}

/// Steps of achievement. 阶梯
#[derive(Clone, InputObject)]
pub struct IncentiveTiersInput {
    /// What is held against the steps: an expression, money or a number. 计算基数表达式
    base: String,
    /// How they are applied. 方式
    method: IncentiveTierMethod,
    /// The steps, from the lowest one up; the last one may have no end. 各档
    steps: Vec<IncentiveTierInput>,
}

/// A step. 档
#[derive(Clone, InputObject)]
pub struct IncentiveTierInput {
    /// Where it begins: the base itself, in major units for money. 起点
    from: Decimal,
    /// Before what it ends. 终点（不含）
    to: Option<Decimal>,
    /// What it brings. 计付
    pays: IncentiveTierPaysInput,
}

/// What a step brings. 计付
#[derive(Clone, InputObject)]
pub struct IncentiveTierPaysInput {
    /// In which way. 方式
    by: IncentiveTierPaysBy,
    /// How much. 数值
    value: Decimal,
}

/// Between whom an amount is split. 分配
#[derive(Clone, InputObject)]
pub struct IncentiveSplitInput {
    /// In which way. 方式
    by: IncentiveSplitBy,
    /// The roles, where it is split by them; their shares make 10,000. 角色
    #[graphql(default)]
    roles: Vec<IncentiveRoleShareInput>,
    /// What becomes of the part of a role that nobody has; it lapses when nothing is said. 空缺处理
    unfilled: Option<IncentiveUnfilled>,
}

/// The share of a role. 角色份额
#[derive(Clone, InputObject)]
pub struct IncentiveRoleShareInput {
    /// The role as records name it, such as `collector`. 角色
    role: String,
    /// In ten-thousandths of the whole. 份额（万分之）
    basis_points: i32,
}

/// Bounds of what a rule gives in a period. 上限
#[derive(Clone, InputObject)]
pub struct IncentiveCapsInput {
    /// For one award, before it is split. 单笔上限
    per_award: Option<Decimal>,
    /// For one member. 每人上限
    per_member: Option<Decimal>,
    /// For all of them together; beyond it all are cut in proportion. 规则上限
    per_rule: Option<Decimal>,
}

/// What there is to give altogether. 预算
#[derive(Clone, InputObject)]
pub struct IncentiveBudgetInput {
    /// How much. 数额
    amount: Decimal,
    /// For which time; at least as long as the period of the rule. 预算周期
    period: IncentivePeriod,
    /// What happens when it runs out. 用尽处理
    exhausted: IncentiveExhausted,
}

/// How a rule goes together with others of its group. 叠加
#[derive(Clone, InputObject)]
pub struct IncentiveStackingInput {
    /// The key of the group; all rules of it have the same mode, period and currency. 组
    group: String,
    /// Which of the group a member gets. 方式
    mode: IncentiveStackingMode,
    /// Which rule goes first, 1 before 2. 优先级
    #[graphql(default)]
    priority: i32,
}

/// How an amount is rounded. 取整
#[derive(Clone, InputObject)]
pub struct IncentiveRoundingInput {
    /// Which way. 方式
    mode: IncentiveRoundingMode,
    /// To a multiple of so much: `1` are whole yuan, `0.01` fen. 取整单位
    step: Decimal,
}

/// The title and the words of an honour. 荣誉称号与颁奖词
#[derive(Clone, InputObject)]
pub struct IncentiveCitationInput {
    /// The title, 1 to 100 characters. 称号
    title: String,
    /// 中文称号, 1 to 100 characters.
    title_zh: String,
    /// What it is given for, 1 to 500 characters. 颁奖词
    text: String,
    /// 中文颁奖词, 1 to 500 characters.
    text_zh: String,
}

/// A number below nought is as wrong as one that is too large.
fn whole(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl From<IncentiveRuleContentInput> for RuleContent {
    fn from(input: IncentiveRuleContentInput) -> Self {
        let currency = input.currency.as_deref();
        let amount = |amount: Decimal| minor(amount, currency);
        Self {
            kind: plain_kind(input.kind.into()),
            method: plain_method(input.method.into()),
            population: input.population.map(Into::into).unwrap_or_default(),
            period: plain_period(input.period.into()),
            trigger: input.trigger.into(),
            parameters: input.parameters.into_iter().map(Into::into).collect(),
            tiers: input.tiers.map(Into::into),
            split: input.split.map(Into::into),
            caps: input.caps.map_or_else(Caps::default, |caps| Caps {
                per_award: caps.per_award.map(amount),
                per_member: caps.per_member.map(amount),
                per_rule: caps.per_rule.map(amount),
            }),
            budget: input.budget.map(|budget| Budget {
                amount: amount(budget.amount),
                period: plain_period(budget.period.into()),
                exhausted: budget.exhausted.into(),
            }),
            stacking: input.stacking.map(|stacking| Stacking {
                group: stacking.group,
                mode: stacking.mode.into(),
                priority: whole(stacking.priority),
            }),
            rounding: Rounding {
                mode: input.rounding.mode.into(),
                step: amount(input.rounding.step),
            },
            monotone_in: input.monotone_in.into_iter().collect(),
            citation: input.citation.map(|citation| Citation {
                title: citation.title,
                title_zh: citation.title_zh,
                text: citation.text,
                text_zh: citation.text_zh,
            }),
            on_refund: input.on_refund.map_or_else(OnRefund::default, Into::into),
            name: input.name,
            name_zh: input.name_zh,
            purpose: input.purpose,
            purpose_zh: input.purpose_zh,
            condition: input.condition,
            amount: input.amount,
            currency: input.currency,
        }
    }
}

impl From<IncentivePopulationInput> for Population {
    fn from(input: IncentivePopulationInput) -> Self {
        Self {
            departments: input.department_ids.iter().map(|id| id.uuid).collect(),
            teams: input.team_ids.iter().map(|id| id.uuid).collect(),
            positions: input.position_ids.iter().map(|id| id.uuid).collect(),
            least_months: whole(input.least_months),
        }
    }
}

impl From<IncentiveTriggerInput> for Trigger {
    fn from(input: IncentiveTriggerInput) -> Self {
        match input.on {
            IncentiveTriggerOn::PerPeriod => Self::PerPeriod,
            IncentiveTriggerOn::PerRecord => Self::PerRecord {
                source: input.source.unwrap_or_default(),
            },
        }
    }
}

impl From<IncentiveParameterInput> for Parameter {
    fn from(input: IncentiveParameterInput) -> Self {
        Self {
            key: input.key,
            name: input.name,
            name_zh: input.name_zh,
            value: input.value.0,
            least: input.least.map(|least| least.0),
            most: input.most.map(|most| most.0),
        }
    }
}

impl From<IncentiveTiersInput> for Tiers {
    fn from(input: IncentiveTiersInput) -> Self {
        let step = |step: IncentiveTierInput| {
            let value = step.pays.value.0;
            Tier {
                from: step.from.0,
                to: step.to.map(|to| to.0),
                pays: match step.pays.by {
                    IncentiveTierPaysBy::Rate => TierPays::Rate(value),
                    IncentiveTierPaysBy::Each => TierPays::Each(value),
                    IncentiveTierPaysBy::Amount => TierPays::Amount(value),
                },
            }
        };
        Self {
            base: input.base,
            method: input.method.into(),
            steps: input.steps.into_iter().map(step).collect(),
        }
    }
}

impl From<IncentiveSplitInput> for Split {
    fn from(input: IncentiveSplitInput) -> Self {
        let share = |one: IncentiveRoleShareInput| RoleShare {
            role: one.role,
            basis_points: whole(one.basis_points),
        };
        match input.by {
            IncentiveSplitBy::Equal => Self::Equal,
            IncentiveSplitBy::Role => Self::Role {
                roles: input.roles.into_iter().map(share).collect(),
                unfilled: input.unfilled.map_or(Unfilled::Lapses, Into::into),
            },
        }
    }
}
