//! Filters and orderings of the catalogue and of leave as clients write them.

use async_graphql::{Enum, InputObject};
use entity::{member, skill};

use super::enums::{LeaveKindFilter, LeaveStateFilter};
use crate::error::Result;
use crate::graphql::filters::{DateTimeFilter, IdFilter, StringFilter};
use crate::organisation::workforce as plain;

/// Which skills. All given comparisons must hold. 技能筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct SkillFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
    /// The group of skills. 类别
    pub category: Option<StringFilter>,
    /// Those that count only with a valid certificate, or those that don't need one. 是否需要证书
    pub needs_certificate: Option<bool>,
}

/// Which certificates. All given comparisons must hold. 证书筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct CertificateFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
    /// The skill that it grants. 对应技能
    pub skill_id: Option<IdFilter>,
}

/// How skills and certificates are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::CatalogueOrder")]
pub enum CatalogueOrder {
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

/// Which leave. All given comparisons must hold. 请假筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct LeaveFilter {
    /// Whose. 成员
    pub member_id: Option<IdFilter>,
    /// What has become of it. 状态
    pub state: Option<LeaveStateFilter>,
    /// Why. 类型
    pub kind: Option<LeaveKindFilter>,
    /// From when. 开始时间
    pub starts_at: Option<DateTimeFilter>,
    /// Until when. 结束时间
    pub ends_at: Option<DateTimeFilter>,
    /// Waits for a decision that you may make: within your reach, and not your own. 待我审批
    pub awaiting_me: Option<bool>,
}

/// How leave is sorted. 请假排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::LeaveOrder")]
pub enum LeaveOrder {
    /// What begins first. 按开始时间升序
    StartsAtAsc,
    /// What begins last. 按开始时间降序
    #[default]
    StartsAtDesc,
    /// What was asked for first. 按申请时间升序
    CreatedAtAsc,
    /// What was asked for last. 按申请时间降序
    CreatedAtDesc,
}

impl From<SkillFilter> for plain::SkillFilter {
    fn from(filter: SkillFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            name: filter.name.map(Into::into),
            category: filter.category.map(Into::into),
            needs_certificate: filter.needs_certificate,
        }
    }
}

impl CertificateFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::CertificateFilter> {
        Ok(plain::CertificateFilter {
            code: self.code.map(Into::into),
            name: self.name.map(Into::into),
            skill_id: self
                .skill_id
                .map(|ids| ids.of::<skill::Entity>("filter.skillId"))
                .transpose()?,
        })
    }
}

impl LeaveFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::LeaveFilter> {
        Ok(plain::LeaveFilter {
            member_id: self
                .member_id
                .map(|ids| ids.of::<member::Entity>("filter.memberId"))
                .transpose()?,
            state: self.state.map(Into::into),
            kind: self.kind.map(Into::into),
            starts_at: self.starts_at.map(Into::into),
            ends_at: self.ends_at.map(Into::into),
            awaiting_me: self.awaiting_me,
        })
    }
}
