//! What times are asked by.

use async_graphql::Enum;
use entity::enums::Dimension;

use crate::error::{ApiError, Result};
use crate::graphql::ids::decode;
use crate::metrics::facts::{Detail, Source};
use crate::metrics::figures::TimeBy;
use crate::metrics::rules::cells::NONE;
use crate::metrics::rules::grouping::By;

/// By what times are told apart. 耗时维度
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TimeSpentDimension {
    /// What within its record each fact is about: the step, the queue, the kind of handover, the reason for waiting. 细目
    Detail,
    /// The department of the team that had the record. 部门
    Department,
    /// The region of the record's province on the day. Regions may overlap: they don't add up to the company. 区域
    Region,
    /// The team that had the record until then. 团队
    Team,
    /// The record's province. 省份
    Province,
    /// The product. 产品
    Product,
    /// The way it came in. 渠道
    Channel,
    /// What kind of record it is. 类型
    Kind,
}

impl From<TimeSpentDimension> for TimeBy {
    fn from(value: TimeSpentDimension) -> Self {
        Self::Part(By::Dimension(match value {
            TimeSpentDimension::Detail => return Self::Detail,
            TimeSpentDimension::Region => return Self::Part(By::Region),
            TimeSpentDimension::Department => Dimension::Department,
            TimeSpentDimension::Team => Dimension::Team,
            TimeSpentDimension::Province => Dimension::Province,
            TimeSpentDimension::Product => Dimension::Product,
            TimeSpentDimension::Channel => Dimension::Channel,
            TimeSpentDimension::Kind => Dimension::Kind,
        }))
    }
}

/// In which order records come. 明细排序
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TimeSpentRecordOrder {
    /// What took longest first. 耗时最长在前
    SecondsDesc,
    /// What ended last first. 最近结束在前
    AtDesc,
}

/// The most details that are named at once.
const MOST_DETAILS: usize = 200;
/// The longest word that a detail has.
const LONGEST_DETAIL: usize = 200;

/// The details of a source as facts keep them.
///
/// # Errors
/// `BAD_INPUT` when there are too many, or one isn't such a detail.
pub fn details(source: &Source, given: Option<Vec<String>>) -> Result<Vec<String>> {
    let Some(given) = given else {
        return Ok(Vec::new());
    };
    if !(1..=MOST_DETAILS).contains(&given.len()) {
        return Err(ApiError::bad_input(
            "details",
            format!("a list has 1 to {MOST_DETAILS} entries; leave it out to look at all"),
            format!("列表须有 1 至 {MOST_DETAILS} 项；不筛选请省略"),
        )
        .into());
    }
    let plain = |detail: String| -> Result<String> {
        let known = match source.detail {
            _ if detail == NONE => Some(detail),
            Detail::Row(prefix) => decode(&detail)
                .ok()
                .filter(|(found, _)| found == prefix)
                .map(|(_, id)| id.to_string()),
            Detail::Word => Some(detail).filter(|word| word.len() <= LONGEST_DETAIL),
            Detail::None => None,
        };
        known.ok_or_else(|| {
            ApiError::bad_input(
                "details",
                "these aren't details of this source; `key` of its groups shows what they look like",
                "不是该来源的细目；可参照分组的 key",
            )
            .into()
        })
    };
    given.into_iter().map(plain).collect()
}
