//! What is told of rules and simulations.

use async_graphql::InputObject;
use entity::{incentive_rule, incentive_rule_version, incentive_simulation};

use super::enums::{
    IncentiveKindFilter, IncentiveMethodFilter, IncentivePeriodFilter, IncentiveRuleStateFilter,
    IncentiveSimulationMode, IncentiveSimulationStateFilter,
};
use super::inputs::IncentiveRuleContentInput;
use crate::graphql::filters::{DateTimeFilter, StringFilter};
use crate::graphql::{Date, Decimal, Id};
use crate::incentives::definitions::actions::{
    Activate, Judge, Retire, RuleCreate, RuleDraft, Step, VersionRevise,
};
use crate::incentives::definitions::simulations::actions::SimulationStart;
use crate::incentives::definitions::simulations::plan::Vary;
use crate::incentives::definitions::store;

/// Which rules. Everything given must hold. 规则筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct IncentiveRuleFilter {
    /// The code. 编码
    code: Option<StringFilter>,
    /// What they are called. 名称
    name: Option<StringFilter>,
    /// 中文名称.
    name_zh: Option<StringFilter>,
    /// What they give. 激励形式
    kind: Option<IncentiveKindFilter>,
    /// By which method they work. 激励方法
    method: Option<IncentiveMethodFilter>,
    /// For which time they give. 周期
    period: Option<IncentivePeriodFilter>,
    /// With a version in such a state that you can see. 版本状态
    state: Option<IncentiveRuleStateFilter>,
}

impl From<IncentiveRuleFilter> for store::RuleFilter {
    fn from(filter: IncentiveRuleFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            name: filter.name.map(Into::into),
            name_zh: filter.name_zh.map(Into::into),
            kind: filter.kind.map(Into::into),
            method: filter.method.map(Into::into),
            period: filter.period.map(Into::into),
            state: filter.state.map(Into::into),
        }
    }
}

/// Which simulations. Everything given must hold. 模拟筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct IncentiveSimulationFilter {
    /// How far they are. 状态
    state: Option<IncentiveSimulationStateFilter>,
    /// For which time the rules give that are tried. 周期
    period: Option<IncentivePeriodFilter>,
    /// When they were asked for. 发起时间
    created_at: Option<DateTimeFilter>,
}

impl From<IncentiveSimulationFilter> for store::SimulationFilter {
    fn from(filter: IncentiveSimulationFilter) -> Self {
        Self {
            state: filter.state.map(Into::into),
            period: filter.period.map(Into::into),
            created_at: filter.created_at.map(Into::into),
        }
    }
}

/// A rule to make, with its first draft; `incentiveTemplates` has some to begin with. 新建规则
#[derive(Clone, InputObject)]
pub struct IncentiveRuleCreateInput {
    /// Short code, unique; it stays. 编码
    code: String,
    /// What the draft says. 内容
    content: IncentiveRuleContentInput,
    /// What is to be said about it, at most 2000 characters. 说明
    note: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl IncentiveRuleCreateInput {
    /// The plain order.
    pub fn plain(self) -> RuleCreate {
        RuleCreate {
            code: self.code,
            content: self.content.into(),
            note: self.note,
        }
    }
}

/// The next version of a rule. 起草新版本
#[derive(Clone, InputObject)]
pub struct IncentiveRuleDraftInput {
    /// The rule; no other version of it is on its way. 规则
    id: Id<incentive_rule::Entity>,
    /// What the draft says. 内容
    content: IncentiveRuleContentInput,
    /// What is new, at most 2000 characters. 说明
    note: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl IncentiveRuleDraftInput {
    /// The plain order.
    pub fn plain(self) -> RuleDraft {
        RuleDraft {
            id: self.id.uuid,
            content: self.content.into(),
            note: self.note,
        }
    }
}

/// A version that isn't approved as it is to be: all of it. 修订草稿
#[derive(Clone, InputObject)]
pub struct IncentiveRuleVersionReviseInput {
    /// The version. 规则版本
    id: Id<incentive_rule_version::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it says. 内容
    content: IncentiveRuleContentInput,
    /// What is new, at most 2000 characters. 说明
    note: Option<String>,
}

impl IncentiveRuleVersionReviseInput {
    /// The plain order.
    pub fn plain(self) -> VersionRevise {
        VersionRevise {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            content: self.content.into(),
            note: self.note,
        }
    }
}

macro_rules! judges {
    ($($(#[$doc:meta])* $name:ident, $reason:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// The version; others wrote it. 规则版本
                id: Id<incentive_rule_version::Entity>,
                /// Its version as you saw it. 期望版本
                expected_version: i32,
                #[doc = $reason]
                reason: Option<String>,
            }

            impl From<$name> for Judge {
                fn from(input: $name) -> Self {
                    Self {
                        step: Step { id: input.id.uuid, expected_version: input.expected_version },
                        reason: input.reason,
                    }
                }
            }
        )*
    };
}

judges! {
    /// Which version is agreed to. 批准规则版本
    IncentiveRuleVersionApproveInput, "Why, at most 2000 characters; needed when it was never simulated. 理由（未模拟时必填）";
    /// Which version is sent back. 退回规则版本
    IncentiveRuleVersionRejectInput, "Why, 1 to 2000 characters. 理由";
}

/// From when a version gives awards. 启用规则版本
#[derive(Clone, InputObject)]
pub struct IncentiveRuleVersionActivateInput {
    /// The version; it is approved. 规则版本
    id: Id<incentive_rule_version::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The first day: periods that begin on it or later are paid by this version, and the former one ends on it. 生效日期
    from: Date,
}

impl From<IncentiveRuleVersionActivateInput> for Activate {
    fn from(input: IncentiveRuleVersionActivateInput) -> Self {
        Self {
            step: Step {
                id: input.id.uuid,
                expected_version: input.expected_version,
            },
            from: input.from.0,
        }
    }
}

/// Which version gives no awards any more. 停用规则版本
#[derive(Clone, InputObject)]
pub struct IncentiveRuleVersionRetireInput {
    /// The version. 规则版本
    id: Id<incentive_rule_version::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The first day on which an active one doesn't; today when none is given. Periods that began before are still paid by it. 停用日期
    from: Option<Date>,
}

impl From<IncentiveRuleVersionRetireInput> for Retire {
    fn from(input: IncentiveRuleVersionRetireInput) -> Self {
        Self {
            step: Step {
                id: input.id.uuid,
                expected_version: input.expected_version,
            },
            from: input.from.map(|from| from.0),
        }
    }
}

/// A parameter that is varied. 参数敏感性
#[derive(Clone, InputObject)]
pub struct IncentiveSensitivityInput {
    /// Of which of the versions that are tried. 规则版本
    version_id: Id<incentive_rule_version::Entity>,
    /// Its key. 参数键
    parameter: String,
    /// 1 to 9 values within its bounds, each once. 取值
    values: Vec<Decimal>,
}

/// What is to be tried on the past. 发起模拟
#[derive(Clone, InputObject)]
pub struct IncentiveSimulationStartInput {
    /// 1 to 10 versions in any state, of different rules, all for the same kind of period. 候选版本
    candidate_ids: Vec<Id<incentive_rule_version::Entity>>,
    /// How they go together with the rules of today; beside them when nothing is said. 方式
    mode: Option<IncentiveSimulationMode>,
    /// How many periods in a row, 1 to 12. 周期数
    periods: i32,
    /// A day of the last period, not after today; of the last one that is over when none is given. The first one begins 5 years ago at
    /// the earliest. 截止日期
    until: Option<Date>,
    /// A parameter that is varied. 参数敏感性
    sensitivity: Option<IncentiveSensitivityInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl IncentiveSimulationStartInput {
    /// The plain order.
    pub fn plain(self) -> SimulationStart {
        let mode = self.mode.unwrap_or(IncentiveSimulationMode::Beside);
        SimulationStart {
            candidates: self.candidate_ids.iter().map(|id| id.uuid).collect(),
            mode: mode.into(),
            periods: u32::try_from(self.periods).unwrap_or(0),
            until: self.until.map(|until| until.0),
            vary: self.sensitivity.map(|sensitivity| Vary {
                version: sensitivity.version_id.uuid,
                parameter: sensitivity.parameter,
                values: sensitivity.values.iter().map(|value| value.0).collect(),
            }),
        }
    }
}

/// Which simulation is called off. 取消模拟
#[derive(Clone, InputObject)]
pub struct IncentiveSimulationCancelInput {
    /// Which one. 标识
    pub id: Id<incentive_simulation::Entity>,
}

/// Which simulation is released. 公开模拟结果
#[derive(Clone, InputObject)]
pub struct IncentiveSimulationReleaseInput {
    /// Which one. 标识
    pub id: Id<incentive_simulation::Entity>,
}
