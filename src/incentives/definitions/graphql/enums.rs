//! The enums of incentive rules as clients see them.

use async_graphql::Enum;

use crate::enum_filter;
use crate::incentives::definitions::simulations::plan::Mode;
use crate::incentives::definitions::store;
use crate::incentives::rules::catalogue::{FactType, Level};
use crate::incentives::rules::content::{
    Exhausted, OnRefund, RoundingMode, StackingMode, TierMethod, Unfilled,
};
use crate::incentives::rules::guard_rails::Risk;

/// How far a version of a rule is. 规则版本状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveRuleState")]
pub enum IncentiveRuleState {
    /// It is written. 草稿
    Draft,
    /// It was tried on the past. 已模拟
    Simulated,
    /// Another has approved it. 已批准
    Approved,
    /// It gives awards, from a day on. 生效
    Active,
    /// It doesn't any more. 已停用
    Retired,
}

/// What a rule gives. 激励形式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveKind")]
pub enum IncentiveKind {
    /// A bonus. 奖金
    Bonus,
    /// A part of money that came in. 提成
    Commission,
    /// More pay. 调薪
    PayAdjustment,
    /// A benefit. 福利
    Benefit,
    /// An honour. 荣誉
    Honour,
    /// A proposal for promotion. 晋升
    Promotion,
    /// A place in a training. 培训名额
    TrainingPlace,
    /// Something that is taken off. 扣款
    Deduction,
}

/// By which method a rule works. 激励方法
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveMethod")]
pub enum IncentiveMethod {
    /// For reaching a goal. 目标激励
    Goal,
    /// By honour. 荣誉激励
    Honour,
    /// For a place in a contest. 竞赛激励
    Contest,
    /// For what should happen more often. 正强化
    PositiveReinforcement,
    /// Against what shouldn't happen. 负强化
    NegativeReinforcement,
    /// By telling the results. 反馈激励
    Feedback,
    /// For money collected from renewals and new contracts. 续约与新签激励
    Renewal,
}

/// For which time a rule gives. 激励周期
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentivePeriod")]
pub enum IncentivePeriod {
    /// A calendar month. 月
    Month,
    /// A calendar quarter. 季
    Quarter,
    /// A calendar year. 年
    Year,
}

/// How far a simulation is. 模拟状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::IncentiveSimulationState")]
pub enum IncentiveSimulationState {
    /// It waits for the worker. 排队中
    Queued,
    /// It is computed. 计算中
    Running,
    /// Its result is there. 已完成
    Done,
    /// It couldn't be computed. 失败
    Failed,
    /// Somebody called it off. 已取消
    Cancelled,
}

enum_filter!(
    IncentiveRuleStateFilter,
    IncentiveRuleState,
    entity::enums::IncentiveRuleState,
    "Compares a state of versions. All given comparisons must hold. 规则版本状态条件"
);
enum_filter!(
    IncentiveKindFilter,
    IncentiveKind,
    entity::enums::IncentiveKind,
    "Compares what a rule gives. All given comparisons must hold. 激励形式条件"
);
enum_filter!(
    IncentiveMethodFilter,
    IncentiveMethod,
    entity::enums::IncentiveMethod,
    "Compares a method. All given comparisons must hold. 激励方法条件"
);
enum_filter!(
    IncentivePeriodFilter,
    IncentivePeriod,
    entity::enums::IncentivePeriod,
    "Compares a kind of period. All given comparisons must hold. 激励周期条件"
);
enum_filter!(
    IncentiveSimulationStateFilter,
    IncentiveSimulationState,
    entity::enums::IncentiveSimulationState,
    "Compares a state of simulations. All given comparisons must hold. 模拟状态条件"
);

/// For what a rule gives. 触发方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IncentiveTriggerOn {
    /// Once a period, for each member; for each team where the amount is split. 按周期
    PerPeriod,
    /// For each record of the period, for each whom it credits; once where the amount is split. 按记录
    PerRecord,
}

/// How tiers are applied. 阶梯方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "TierMethod")]
pub enum IncentiveTierMethod {
    /// Each step for the part of the base within it. 超额累进
    Sliced,
    /// The step in which the base lies, for the whole base. 全额累进
    Whole,
}

/// What a step brings. 阶梯计付方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IncentiveTierPaysBy {
    /// So much of the base: 0.05 is five percent. 比例
    Rate,
    /// So many major units of the currency for each one of a base that is a number. 单价
    Each,
    /// A fixed amount, once it is reached. 定额
    Amount,
}

/// Between whom an amount is split. 分配方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IncentiveSplitBy {
    /// Between the roles that a record credits, and within a role by the shares of the record. 按角色
    Role,
    /// Equally between the members of the team, or all whom the record credits. 平均
    Equal,
}

/// What becomes of the part of a role that nobody has. 空缺处理
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Unfilled")]
pub enum IncentiveUnfilled {
    /// Nobody gets it. 不发放
    Lapses,
    /// The other roles share it by their shares. 按比例分摊
    Spread,
}

/// What happens when a budget runs out. 预算用尽处理
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Exhausted")]
pub enum IncentiveExhausted {
    /// All awards of the run are cut in proportion. 按比例折减
    ProRata,
    /// In their order; the last one gets what is left. 先到先得
    FirstCome,
    /// In their order; from the first one on for which it doesn't suffice nobody gets anything. 停发
    Stop,
}

/// Which rule of a group a member gets in a period. 叠加方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "StackingMode")]
pub enum IncentiveStackingMode {
    /// The first one that gives something. 互斥
    Exclusive,
    /// The one that gives most. 择优
    Best,
    /// All of them. 累加
    Sum,
}

/// Which way an amount is rounded. 取整方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RoundingMode")]
pub enum IncentiveRoundingMode {
    /// To the nearest, halves up. 四舍五入
    HalfUp,
    /// To the nearest, halves to the even one. 四舍六入五成双
    HalfEven,
    /// Down. 舍去
    Down,
    /// Up. 进位
    Up,
}

/// What becomes of an award when the money behind it is paid back. 退款处理
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "OnRefund")]
pub enum IncentiveOnRefund {
    /// Its share of what was paid back is taken back. 按比例追回
    TakeBack,
    /// It stays. 不追回
    Keep,
}

/// Of what type a fact is. 事实类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IncentiveFactType {
    /// A number. 数值
    Number,
    /// An amount of money. 金额
    Money,
    /// A word. 文本
    Text,
    /// Yes or no. 是或否
    Bool,
    /// A day. 日期
    Day,
}

/// What a fact is about. 事实层级
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Level")]
pub enum IncentiveFactLevel {
    /// A member. 成员
    Member,
    /// The member's team. 团队
    Team,
    /// The member's region. 区域
    Region,
    /// The whole company. 公司
    Company,
    /// A record, such as a payment. 记录
    Record,
    /// Somebody whom a record credits: their role and share. 记录归属人
    Credit,
}

/// How candidates go together with the rules of today. 模拟方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Mode")]
pub enum IncentiveSimulationMode {
    /// Beside them: a candidate takes the place of the version of its own rule only. 并行
    Beside,
    /// Instead of all of them. 替代
    Instead,
}

/// What a simulation warns about. 预警类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Risk")]
pub enum IncentiveRisk {
    /// Few get most of it. 过于集中
    Concentration,
    /// Cases may be split to count more often. 拆单
    SplitCases,
    /// Ratings may be asked only where they will be good. 选择性邀评
    SelectiveRatings,
    /// Tickets may be held while others are idle. 囤单
    Hoarding,
}

/// How rules are sorted. 规则排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RuleOrder")]
pub enum IncentiveRuleOrder {
    /// By code. 编码升序
    #[default]
    CodeAsc,
    /// By code, from the end. 编码降序
    CodeDesc,
    /// The latest first. 最近创建
    CreatedAtDesc,
}

/// How simulations are sorted. 模拟排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::SimulationOrder")]
pub enum IncentiveSimulationOrder {
    /// The latest first. 最近发起
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早发起
    CreatedAtAsc,
}

impl From<&FactType> for IncentiveFactType {
    fn from(kind: &FactType) -> Self {
        match kind {
            FactType::Number => Self::Number,
            FactType::Money { .. } => Self::Money,
            FactType::Text => Self::Text,
            FactType::Bool => Self::Bool,
            FactType::Day => Self::Day,
        }
    }
}
