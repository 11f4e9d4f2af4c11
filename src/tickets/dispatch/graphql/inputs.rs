//! What is asked of dispatch.

use async_graphql::{InputObject, MaybeUndefined};
use entity::{dispatch_requirement, member, product, skill, team, ticket};

use super::enums::DispatchModeFilter;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::graphql::filters::{DateTimeFilter, IdFilter};
use crate::graphql::{DateTime, Id};
use crate::tickets::dispatch::actions;
use crate::tickets::dispatch::rules::{Requirement, Weights};
use crate::tickets::dispatch::store::{DecisionFilter, DecisionOrder};
use crate::tickets::graphql::TicketKind;

/// Which ticket is given out. 智能派单
#[derive(InputObject)]
pub struct TicketDispatchInput {
    /// The ticket. 工单
    pub id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
    /// A member who is to get it whatever the ranking says. 指定成员
    pub member_id: Option<Id<member::Entity>>,
    /// Why it is to be this member; needed unless they are the first of the ranking. 指定原因
    pub reason: Option<String>,
}

/// Which part of the waiting queue is given out. 批量派单
#[derive(InputObject)]
pub struct DispatchRunInput {
    /// Only this team's tickets. 团队
    pub team_id: Option<Id<team::Entity>>,
    /// Tickets at most, 1 to 50; 50 when nothing is said. 数量上限
    pub limit: Option<i32>,
}

/// Which tickets need which skill. 新建技能要求
#[derive(InputObject)]
pub struct DispatchRequirementCreateInput {
    /// The kind of ticket; all when absent. 工单类型
    pub kind: Option<TicketKind>,
    /// The product; all when absent. 产品
    pub product_id: Option<Id<product::Entity>>,
    /// The skill. 技能
    pub skill_id: Id<skill::Entity>,
    /// The least level, 1 to 5. 最低等级
    pub min_level: i32,
    /// Repeating the mutation with the same key within 24 hours gives the same requirement. 幂等键
    pub idempotency_key: Option<String>,
}

/// Another version of a requirement; what is absent stays as it is. 修改技能要求
#[derive(InputObject)]
pub struct DispatchRequirementUpdateInput {
    /// The requirement. 要求
    pub id: Id<dispatch_requirement::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
    /// The kind of ticket; null for all. 工单类型
    pub kind: MaybeUndefined<TicketKind>,
    /// The product; null for all. 产品
    pub product_id: MaybeUndefined<Id<product::Entity>>,
    /// The skill. 技能
    pub skill_id: Option<Id<skill::Entity>>,
    /// The least level, 1 to 5. 最低等级
    pub min_level: Option<i32>,
}

impl From<DispatchRequirementUpdateInput> for actions::RequirementChange {
    fn from(input: DispatchRequirementUpdateInput) -> Self {
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kind: maybe(input.kind).map(|kind| kind.map(Into::into)),
            product_id: maybe(input.product_id).map(|id| id.map(|id| id.uuid)),
            skill_id: input.skill_id.map(|id| id.uuid),
            min_level: input.min_level,
        }
    }
}

fn maybe<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

/// Which requirement goes. 删除技能要求
#[derive(InputObject)]
pub struct DispatchRequirementDeleteInput {
    /// The requirement. 要求
    pub id: Id<dispatch_requirement::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
}

/// How load, fit and fairness are to weigh against each other, each 0 to 1000. 派单权重
#[derive(Clone, Copy, InputObject)]
pub struct DispatchWeightsInput {
    /// Of load. 负荷
    load: i32,
    /// Of fit. 匹配
    fit: i32,
    /// Of fairness. 公平
    fairness: i32,
}

/// A requirement to be tried. 试用的技能要求
#[derive(Clone, Copy, InputObject)]
pub struct DispatchRequirementTrialInput {
    /// The kind of ticket; all when absent. 工单类型
    kind: Option<TicketKind>,
    /// The product; all when absent. 产品
    product_id: Option<Id<product::Entity>>,
    /// The skill. 技能
    skill_id: Id<skill::Entity>,
    /// The least level, 1 to 5. 最低等级
    min_level: i32,
}

/// A stretch of the past, at most 366 days. 历史时段
#[derive(Clone, Copy, InputObject)]
pub struct DispatchPastInput {
    /// Since when. 起
    from: DateTime,
    /// Until when, not included. 止
    to: DateTime,
}

/// What is tried. Nothing is written. 模拟派单
#[derive(Clone, Default, InputObject)]
pub struct DispatchSimulateInput {
    /// Only this team's tickets. 团队
    team_id: Option<Id<team::Entity>>,
    /// Other weights than those that hold now. 权重
    weights: Option<DispatchWeightsInput>,
    /// Instead of the requirements that hold now; for the past, instead of those that held then. At most 100. 技能要求
    requirements: Option<Vec<DispatchRequirementTrialInput>>,
    /// Try the assignments of a stretch of the past again, at most the first 1,000, instead of the waiting queue. 历史时段
    past: Option<DispatchPastInput>,
    /// Waiting tickets at most, 1 to 200; 50 when nothing is said. 数量上限
    limit: Option<i32>,
}

impl DispatchSimulateInput {
    /// The plain input.
    ///
    /// # Errors
    /// User errors for weights and levels that can't be any.
    pub fn plain(self) -> Result<actions::Simulate> {
        let weights = self
            .weights
            .map(|given| {
                Ok::<_, UserError>(Weights {
                    load: natural(given.load, "input.weights.load")?,
                    fit: natural(given.fit, "input.weights.fit")?,
                    fairness: natural(given.fairness, "input.weights.fairness")?,
                })
            })
            .transpose()?;
        let requirements = self
            .requirements
            .map(|list| list.into_iter().map(requirement).collect::<Result<_, _>>())
            .transpose()?;
        Ok(actions::Simulate {
            team_id: self.team_id.map(|id| id.uuid),
            weights,
            requirements,
            past: self.past.map(|past| actions::Past {
                from: past.from.0,
                to: past.to.0,
            }),
            limit: self.limit,
        })
    }
}

fn requirement(input: DispatchRequirementTrialInput) -> Result<Requirement, UserError> {
    Ok(Requirement {
        kind: input.kind.map(Into::into),
        product: input.product_id.map(|id| id.uuid),
        skill: input.skill_id.uuid,
        level: natural(input.min_level, "input.requirements")?,
    })
}

/// A number that isn't below zero and fits.
fn natural<T: TryFrom<i32>>(value: i32, field: &str) -> Result<T, UserError> {
    T::try_from(value).map_err(|_| {
        let text = Text::new(
            format!("{value} is out of bounds."),
            format!("{value} 超出范围。"),
        );
        UserError::new(UserErrorCode::Invalid, field, text)
    })
}

/// Which decisions to list. Everything given must hold. 派单决策筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct DispatchDecisionFilter {
    /// Who chose. 派单方式
    mode: Option<DispatchModeFilter>,
    /// Who got the ticket. 接单人
    chosen_id: Option<IdFilter>,
    /// When. 时间
    at: Option<DateTimeFilter>,
}

impl DispatchDecisionFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<DecisionFilter> {
        Ok(DecisionFilter {
            mode: self.mode.map(Into::into),
            chosen_id: self
                .chosen_id
                .map(|ids| ids.of::<member::Entity>("filter.chosenId"))
                .transpose()?,
            at: self.at.map(Into::into),
        })
    }
}

/// In which order decisions are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
pub enum DispatchDecisionOrder {
    /// Newest first. 最新
    AtDesc,
    /// Oldest first. 最早
    AtAsc,
}

impl From<DispatchDecisionOrder> for DecisionOrder {
    fn from(order: DispatchDecisionOrder) -> Self {
        match order {
            DispatchDecisionOrder::AtDesc => Self::Newest,
            DispatchDecisionOrder::AtAsc => Self::Oldest,
        }
    }
}
