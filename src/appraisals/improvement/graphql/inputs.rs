//! What is said of plans for improvement.

use async_graphql::{InputObject, OneofObject};
use entity::{appraisal_cycle, department, improvement_plan, member, region, team};

use super::types::ImprovementStateFilter;
use crate::appraisals::actions::common::Step;
use crate::appraisals::improvement::Group;
use crate::appraisals::improvement::actions::{Content, PlanEnd, PlanRevise, PlanWrite};
use crate::appraisals::improvement::store::PlanFilter;
use crate::error::Result;
use crate::graphql::filters::IdFilter;
use crate::graphql::{Date, Id};

/// Which plans for improvement. Everything given must hold. 改进计划筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ImprovementPlanFilter {
    /// The cycle. 考核周期
    cycle_id: Option<IdFilter>,
    /// The team. 团队
    team_id: Option<IdFilter>,
    /// The department. 部门
    department_id: Option<IdFilter>,
    /// The region. 区域
    region_id: Option<IdFilter>,
    /// What has become of it. 状态
    state: Option<ImprovementStateFilter>,
}

impl ImprovementPlanFilter {
    /// The filter as plain values.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field when an id is of another type.
    pub fn plain(self) -> Result<PlanFilter> {
        Ok(PlanFilter {
            cycle_id: self
                .cycle_id
                .map(|ids| ids.of::<appraisal_cycle::Entity>("filter.cycleId"))
                .transpose()?,
            team_id: self
                .team_id
                .map(|ids| ids.of::<team::Entity>("filter.teamId"))
                .transpose()?,
            department_id: self
                .department_id
                .map(|ids| ids.of::<department::Entity>("filter.departmentId"))
                .transpose()?,
            region_id: self
                .region_id
                .map(|ids| ids.of::<region::Entity>("filter.regionId"))
                .transpose()?,
            state: self.state.map(Into::into),
        })
    }
}

/// Whose plan it is. 所属群体
#[derive(Clone, Copy, OneofObject)]
#[expect(
    clippy::enum_variant_names,
    reason = "they are the names of the fields"
)]
pub enum ImprovementGroupInput {
    /// A team's. 团队
    TeamId(Id<team::Entity>),
    /// A department's. 部门
    DepartmentId(Id<department::Entity>),
    /// A region's. 区域
    RegionId(Id<region::Entity>),
}

impl From<ImprovementGroupInput> for Group {
    fn from(input: ImprovementGroupInput) -> Self {
        match input {
            ImprovementGroupInput::TeamId(id) => Self::Team(id.uuid),
            ImprovementGroupInput::DepartmentId(id) => Self::Department(id.uuid),
            ImprovementGroupInput::RegionId(id) => Self::Region(id.uuid),
        }
    }
}

/// A plan for improvement to write. 制定改进计划
#[derive(Clone, InputObject)]
pub struct ImprovementPlanWriteInput {
    /// About the results of which cycle; they are out. 考核周期
    cycle_id: Id<appraisal_cycle::Entity>,
    /// Whose plan it is. 所属群体
    group: ImprovementGroupInput,
    /// What is to be better, 1 to 200 characters. 改进目标
    aim: String,
    /// What is done for it, 1 to 4000 characters. 改进措施
    measures: String,
    /// Who sees to it. 负责人
    owner_id: Id<member::Entity>,
    /// The last day. 截止日
    due_on: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ImprovementPlanWriteInput {
    /// The plain order.
    pub fn plain(self) -> PlanWrite {
        PlanWrite {
            cycle_id: self.cycle_id.uuid,
            group: self.group.into(),
            content: Content {
                aim: self.aim,
                measures: self.measures,
                owner_id: self.owner_id.uuid,
                due_on: self.due_on.0,
            },
        }
    }
}

/// A plan for improvement as it is from now on. 修订改进计划
#[derive(Clone, InputObject)]
pub struct ImprovementPlanReviseInput {
    /// Which one. 标识
    id: Id<improvement_plan::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What is to be better, 1 to 200 characters. 改进目标
    aim: String,
    /// What is done for it, 1 to 4000 characters. 改进措施
    measures: String,
    /// Who sees to it. 负责人
    owner_id: Id<member::Entity>,
    /// The last day. 截止日
    due_on: Date,
}

impl ImprovementPlanReviseInput {
    /// The plain order.
    pub fn plain(self) -> PlanRevise {
        PlanRevise {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            content: Content {
                aim: self.aim,
                measures: self.measures,
                owner_id: self.owner_id.uuid,
                due_on: self.due_on.0,
            },
        }
    }
}

/// The end of a plan for improvement. 结束改进计划
#[derive(Clone, InputObject)]
pub struct ImprovementPlanEndInput {
    /// Which one. 标识
    id: Id<improvement_plan::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Was it carried out? Otherwise it is dropped. 是否完成
    done: bool,
    /// What came of it, or why it is dropped, 1 to 4000 characters. 结果
    result: String,
}

impl ImprovementPlanEndInput {
    /// The plain order.
    pub fn plain(self) -> PlanEnd {
        PlanEnd {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            done: self.done,
            result: self.result,
        }
    }
}
