//! Filter and orderings as clients write them.

use async_graphql::{Enum, InputObject};
use entity::{department, member, region, team};

use super::enums::{GoalPopulationFilter, GoalStateFilter};
use crate::db::filter::IdMatches;
use crate::error::Result;
use crate::graphql::Node;
use crate::graphql::filters::{IdFilter, StringFilter};
use crate::metrics::goals::store;

/// Which goals to list. Everything given must hold. 目标筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct GoalFilter {
    /// What has become of it. 状态
    state: Option<GoalStateFilter>,
    /// Whose figures it is about: the company's, a team's and so on. 范围
    population: Option<GoalPopulationFilter>,
    /// The key of the metric that measures it. 指标
    metric_key: Option<StringFilter>,
    /// The department whose goal it is. 部门
    department_id: Option<IdFilter>,
    /// The region whose goal it is. 区域
    region_id: Option<IdFilter>,
    /// The team whose goal it is. 团队
    team_id: Option<IdFilter>,
    /// The member whose goal it is. 成员
    member_id: Option<IdFilter>,
    /// Who answers for it. 负责人
    owner_id: Option<IdFilter>,
    /// Is it off course, since an alert told so? 是否偏离
    off_course: Option<bool>,
}

impl GoalFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::GoalFilter> {
        Ok(store::GoalFilter {
            state: self.state.map(Into::into),
            population: self.population.map(Into::into),
            metric_key: self.metric_key.map(Into::into),
            department_id: of::<department::Entity>(self.department_id, "filter.departmentId")?,
            region_id: of::<region::Entity>(self.region_id, "filter.regionId")?,
            team_id: of::<team::Entity>(self.team_id, "filter.teamId")?,
            member_id: of::<member::Entity>(self.member_id, "filter.memberId")?,
            owner_id: of::<member::Entity>(self.owner_id, "filter.ownerId")?,
            off_course: self.off_course,
        })
    }
}

fn of<E: Node>(filter: Option<IdFilter>, field: &str) -> Result<Option<IdMatches>> {
    filter.map(|ids| ids.of::<E>(field)).transpose()
}

/// In which order goals are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum GoalOrder {
    /// The nearest deadline first. 最早截止
    #[default]
    UntilAsc,
    /// The latest deadline first. 最晚截止
    UntilDesc,
    /// The newest first. 最新创建
    CreatedAtDesc,
    /// The oldest first. 最早创建
    CreatedAtAsc,
}

impl From<GoalOrder> for store::GoalOrder {
    fn from(order: GoalOrder) -> Self {
        match order {
            GoalOrder::UntilAsc | GoalOrder::UntilDesc => Self::Until {
                latest_first: order == GoalOrder::UntilDesc,
            },
            GoalOrder::CreatedAtAsc | GoalOrder::CreatedAtDesc => Self::CreatedAt {
                newest_first: order == GoalOrder::CreatedAtDesc,
            },
        }
    }
}
