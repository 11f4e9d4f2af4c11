//! What the mutations are told.

use async_graphql::{InputObject, MaybeUndefined, OneofObject};
use entity::{department, goal, member, region, team};

use super::enums::GoalBound;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::graphql::{Date, Decimal, Id, change};
use crate::metrics::goals::Population;
use crate::metrics::goals::actions::{GoalCreate, GoalUpdate};

/// Whose figures a goal is about: exactly one. 目标范围
#[derive(Clone, OneofObject)]
pub enum GoalPopulationInput {
    /// The whole company: `true`. 公司
    Company(bool),
    /// A department. 部门
    DepartmentId(Id<department::Entity>),
    /// A region. 区域
    RegionId(Id<region::Entity>),
    /// A team. 团队
    TeamId(Id<team::Entity>),
    /// A member. 成员
    MemberId(Id<member::Entity>),
}

impl GoalPopulationInput {
    fn plain(self) -> Result<Population> {
        Ok(match self {
            Self::Company(true) => Population::Company,
            Self::Company(false) => {
                return Err(UserError::new(
                    UserErrorCode::Invalid,
                    "input.population.company",
                    Text::new(
                        "Say `true`, or name a part of the company instead.",
                        "请填 true，或改为指定公司的某一部分。",
                    ),
                )
                .into());
            }
            Self::DepartmentId(id) => Population::Department(id.uuid),
            Self::RegionId(id) => Population::Region(id.uuid),
            Self::TeamId(id) => Population::Team(id.uuid),
            Self::MemberId(id) => Population::Member(id.uuid),
        })
    }
}

/// A goal to set: specific, measurable, achievable, relevant, and with a deadline. 设定目标
#[derive(InputObject)]
pub struct GoalCreateInput {
    /// What it is called, 1 to 200 characters. 名称
    title: String,
    /// Its name in Chinese, at most 200 characters. 中文名称
    title_zh: Option<String>,
    /// What exactly is to be reached, 1 to 2,000 characters. 具体内容
    specific: String,
    /// Why it matters, 1 to 2,000 characters. 相关性
    relevant: String,
    /// How it is to be reached, 1 to 2,000 characters. 实现途径
    achievable: String,
    /// The key of the metric that measures it, such as `tickets_resolved`. 指标
    metric_key: String,
    /// On which side of the target the figure has to end; as the metric says, and needed only where it says nothing. 方向
    bound: Option<GoalBound>,
    /// The target in the metric's unit: percent, seconds, points or a number. Where the settings `goal.` have one for the metric it
    /// may be left out. 目标值
    target: Option<Decimal>,
    /// Whose figures. 范围
    population: GoalPopulationInput,
    /// The first day that counts, a year ago at most. 开始日期
    from: Date,
    /// The deadline: the first day that doesn't count any more. 截止日期（不含）
    until: Date,
    /// Who answers for it. 负责人
    owner_id: Id<member::Entity>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl GoalCreateInput {
    /// The plain order.
    ///
    /// # Errors
    /// A user error when the population is none.
    pub fn plain(self) -> Result<GoalCreate> {
        Ok(GoalCreate {
            title: self.title,
            title_zh: self.title_zh,
            specific: self.specific,
            relevant: self.relevant,
            achievable: self.achievable,
            metric_key: self.metric_key,
            bound: self.bound.map(Into::into),
            target: self.target.map(|target| target.0),
            population: self.population.plain()?,
            from: self.from.0,
            until: self.until.0,
            owner_id: self.owner_id.uuid,
        })
    }
}

/// What changes about a goal: what is absent stays. Of a draft everything can change; of one that is pursued the words, the
/// target, the deadline and the owner, with a reason. 修改目标
#[derive(InputObject)]
pub struct GoalUpdateInput {
    /// The goal. 目标
    id: Id<goal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is called, 1 to 200 characters. 名称
    title: MaybeUndefined<String>,
    /// Its name in Chinese, at most 200 characters; null takes it away. 中文名称
    title_zh: MaybeUndefined<String>,
    /// What exactly is to be reached, 1 to 2,000 characters. 具体内容
    specific: MaybeUndefined<String>,
    /// Why it matters, 1 to 2,000 characters. 相关性
    relevant: MaybeUndefined<String>,
    /// How it is to be reached, 1 to 2,000 characters. 实现途径
    achievable: MaybeUndefined<String>,
    /// The key of the metric; of a draft only. 指标
    metric_key: MaybeUndefined<String>,
    /// On which side of the target the figure has to end; of a draft only. 方向
    bound: MaybeUndefined<GoalBound>,
    /// The target. 目标值
    target: MaybeUndefined<Decimal>,
    /// Whose figures; of a draft only. 范围
    population: MaybeUndefined<GoalPopulationInput>,
    /// The first day that counts; of a draft only. 开始日期
    from: MaybeUndefined<Date>,
    /// The deadline: the first day that doesn't count any more. 截止日期（不含）
    until: MaybeUndefined<Date>,
    /// Who answers for it. 负责人
    owner_id: MaybeUndefined<Id<member::Entity>>,
    /// Why it changes, 1 to 2,000 characters; needed while the goal is pursued. 修改原因
    reason: Option<String>,
}

impl GoalUpdateInput {
    /// The plain order.
    ///
    /// # Errors
    /// A user error when the population is none.
    pub fn plain(self) -> Result<GoalUpdate> {
        let population = self
            .population
            .map_value(|given| given.plain())
            .transpose()?;
        Ok(GoalUpdate {
            id: self.id.uuid,
            expected_version: self.expected_version,
            title: change(self.title),
            title_zh: change(self.title_zh),
            specific: change(self.specific),
            relevant: change(self.relevant),
            achievable: change(self.achievable),
            metric_key: change(self.metric_key),
            bound: change(self.bound).map(Into::into),
            target: change(self.target).map(|target| target.0),
            population: change(population),
            from: change(self.from).map(|day| day.0),
            until: change(self.until).map(|day| day.0),
            owner_id: change(self.owner_id).map(|id| id.uuid),
            reason: self.reason,
        })
    }
}
