//! Filters and orderings of the organisation's lists as clients write them.

use async_graphql::{Enum, InputObject};

use super::enums::JobFamilyFilter;
use crate::error::Result;
use crate::graphql::Date;
use crate::graphql::filters::{IdFilter, StringFilter};
use crate::organisation as plain;

/// Which departments or regions. All given comparisons must hold. 部门与区域筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct StructureFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
    /// Those that exist on this day. 当日有效
    pub holds_on: Option<Date>,
}

/// Which teams. All given comparisons must hold. 团队筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TeamFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
    /// Those that exist on this day. 当日有效
    pub holds_on: Option<Date>,
    /// The department it belongs to. 所属部门
    pub department_id: Option<IdFilter>,
    /// The region it serves. 服务区域
    pub region_id: Option<IdFilter>,
    /// The team right above it; `isNull: true` for those at the top. 上级团队
    pub parent_id: Option<IdFilter>,
}

/// Which positions. All given comparisons must hold. 岗位筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct PositionFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
    /// Those that exist on this day. 当日有效
    pub holds_on: Option<Date>,
    /// The family it belongs to. 岗位族
    pub family: Option<JobFamilyFilter>,
}

/// How departments, regions, teams and positions are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::StructureOrder")]
pub enum StructureOrder {
    /// By code. 按编码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按编码降序
    CodeDesc,
    /// By English name. 按英文名称升序
    NameAsc,
    /// By English name, backwards. 按英文名称降序
    NameDesc,
}

/// Which members. All given comparisons must hold. 成员筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct MemberFilter {
    /// The number, such as `M0001`. 工号
    pub number: Option<StringFilter>,
    /// The name, as written or in Latin letters. 姓名（含拉丁字母）
    pub name: Option<StringFilter>,
    /// Has an assignment in this team on the day `on`. 所在团队
    pub team_id: Option<IdFilter>,
    /// Has an assignment in this department on the day `on`. 所在部门
    pub department_id: Option<IdFilter>,
    /// Has an assignment for this region on the day `on`. 所在区域
    pub region_id: Option<IdFilter>,
    /// Holds this position on the day `on`. 所任岗位
    pub position_id: Option<IdFilter>,
    /// The day on which the assignment must hold; today when absent. 任职日期（默认今天）
    pub on: Option<Date>,
    /// Those who work here on this day. 当日在职
    pub works_on: Option<Date>,
}

/// How members are sorted. 成员排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::MemberOrder")]
pub enum MemberOrder {
    /// By number. 按工号升序
    #[default]
    NumberAsc,
    /// By number, backwards. 按工号降序
    NumberDesc,
    /// By name. 按姓名升序
    NameAsc,
    /// By name, backwards. 按姓名降序
    NameDesc,
    /// Who has been here longest first. 按入职日期升序
    JoinedOnAsc,
    /// Who came last first. 按入职日期降序
    JoinedOnDesc,
}

impl From<StructureFilter> for plain::StructureFilter {
    fn from(filter: StructureFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            name: filter.name.map(Into::into),
            holds_on: filter.holds_on.map(|day| day.0),
        }
    }
}

impl TeamFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::TeamFilter> {
        let path = |field: &str| format!("filter.{field}");
        Ok(plain::TeamFilter {
            plain: plain::StructureFilter {
                code: self.code.map(Into::into),
                name: self.name.map(Into::into),
                holds_on: self.holds_on.map(|day| day.0),
            },
            department_id: self
                .department_id
                .map(|ids| ids.of::<entity::department::Entity>(&path("departmentId")))
                .transpose()?,
            region_id: self
                .region_id
                .map(|ids| ids.of::<entity::region::Entity>(&path("regionId")))
                .transpose()?,
            parent_id: self
                .parent_id
                .map(|ids| ids.of::<entity::team::Entity>(&path("parentId")))
                .transpose()?,
        })
    }
}

impl From<PositionFilter> for plain::PositionFilter {
    fn from(filter: PositionFilter) -> Self {
        Self {
            plain: plain::StructureFilter {
                code: filter.code.map(Into::into),
                name: filter.name.map(Into::into),
                holds_on: filter.holds_on.map(|day| day.0),
            },
            family: filter.family.map(Into::into),
        }
    }
}

impl MemberFilter {
    /// The same with keys for ids and `today` where no day is given.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self, today: chrono::NaiveDate) -> Result<plain::MemberFilter> {
        Ok(plain::MemberFilter {
            number: self.number.map(Into::into),
            name: self.name.map(Into::into),
            team_id: self
                .team_id
                .map(|ids| ids.of::<entity::team::Entity>("filter.teamId"))
                .transpose()?,
            department_id: self
                .department_id
                .map(|ids| ids.of::<entity::department::Entity>("filter.departmentId"))
                .transpose()?,
            region_id: self
                .region_id
                .map(|ids| ids.of::<entity::region::Entity>("filter.regionId"))
                .transpose()?,
            position_id: self
                .position_id
                .map(|ids| ids.of::<entity::position::Entity>("filter.positionId"))
                .transpose()?,
            on: Some(self.on.map_or(today, |day| day.0)),
            works_on: self.works_on.map(|day| day.0),
        })
    }
}
