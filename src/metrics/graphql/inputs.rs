//! What figures are asked by.

use async_graphql::{Enum, InputObject};
use entity::enums::Dimension;
use entity::{department, member, product, region, team};

use crate::error::{ApiError, Result};
use crate::graphql::{Date, Id};
use crate::metrics::figures::Part;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};
use crate::organisation::graphql::Province;

/// Of which days. 统计周期
#[derive(Clone, Copy, InputObject)]
pub struct MetricPeriod {
    /// The first day. 起始日
    from: Date,
    /// The first day after the last one: the 1st of April for a March. 截止日（不含）
    to: Date,
}

/// The most days of a period: some ten years.
const MOST_DAYS: i64 = 3_700;

impl MetricPeriod {
    /// Its first day and the first one after it, as they are written.
    #[must_use]
    pub fn days(self) -> (chrono::NaiveDate, chrono::NaiveDate) {
        (self.from.0, self.to.0)
    }

    /// The period, if it can be asked about.
    ///
    /// # Errors
    /// `BAD_INPUT` when it is empty, turned round or too long.
    pub fn plain(self) -> Result<Period> {
        let period = Period {
            from: self.from.0,
            to: self.to.0,
        };
        if !(1..=MOST_DAYS).contains(&period.days()) {
            return Err(ApiError::bad_input(
                "period",
                format!("a period has 1 to {MOST_DAYS} days, and `to` is the first day after it"),
                format!("周期须为 1 至 {MOST_DAYS} 天，且 to 为不含在内的次日"),
            )
            .into());
        }
        Ok(period)
    }
}

/// Into what the period is cut. 粒度
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MetricGranularity {
    /// Not at all: one figure. 合计
    Total,
    /// Days. 日
    Day,
    /// Weeks from Monday. 周
    Week,
    /// Calendar months. 月
    Month,
    /// Calendar quarters. 季
    Quarter,
    /// Calendar years. 年
    Year,
}

impl From<MetricGranularity> for Granularity {
    fn from(value: MetricGranularity) -> Self {
        match value {
            MetricGranularity::Total => Self::Total,
            MetricGranularity::Day => Self::Day,
            MetricGranularity::Week => Self::Week,
            MetricGranularity::Month => Self::Month,
            MetricGranularity::Quarter => Self::Quarter,
            MetricGranularity::Year => Self::Year,
        }
    }
}

/// By what figures are told apart. 维度
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MetricDimension {
    /// The department of the attributed member on the day; without a member that of the record's team. 部门
    Department,
    /// The region of the record's province on the day. Regions may overlap: they don't add up to the company. 区域
    Region,
    /// The team of the attributed member on the day; without a member the record's. 团队
    Team,
    /// The attributed member; needs `metric.member.read`. 成员
    Member,
    /// The record's province. 省份
    Province,
    /// The product. 产品
    Product,
    /// The way it came in. 渠道
    Channel,
    /// What kind of record it is. 类型
    Kind,
}

impl From<MetricDimension> for By {
    fn from(value: MetricDimension) -> Self {
        Self::Dimension(match value {
            MetricDimension::Region => return Self::Region,
            MetricDimension::Department => Dimension::Department,
            MetricDimension::Team => Dimension::Team,
            MetricDimension::Member => Dimension::Member,
            MetricDimension::Province => Dimension::Province,
            MetricDimension::Product => Dimension::Product,
            MetricDimension::Channel => Dimension::Channel,
            MetricDimension::Kind => Dimension::Kind,
        })
    }
}

/// Of which part of the company, and of which records. Everything given must hold; a list names alternatives. 筛选
#[derive(Clone, Default, InputObject)]
pub struct MetricFigureFilter {
    /// One of these departments. 部门
    department_ids: Option<Vec<Id<department::Entity>>>,
    /// One of these regions. 区域
    region_ids: Option<Vec<Id<region::Entity>>>,
    /// One of these teams, without those below them. 团队（不含下级）
    team_ids: Option<Vec<Id<team::Entity>>>,
    /// One of these members; needs `metric.member.read`. 成员
    member_ids: Option<Vec<Id<member::Entity>>>,
    /// One of these provinces. 省份
    provinces: Option<Vec<Province>>,
    /// One of these products. 产品
    product_ids: Option<Vec<Id<product::Entity>>>,
    /// One of these ways in, such as `phone`. 渠道
    channels: Option<Vec<String>>,
    /// One of these kinds of records, such as `complaint`. 类型
    kinds: Option<Vec<String>>,
}

/// The most alternatives in one list.
const MOST_ALTERNATIVES: usize = 200;
/// The longest word that a channel or kind has.
const LONGEST_WORD: usize = 60;

impl MetricFigureFilter {
    /// The part of the company that it names.
    ///
    /// # Errors
    /// `BAD_INPUT` when a list is empty or too long.
    pub fn plain(self) -> Result<Part> {
        Ok(Part {
            departments: ids("departmentIds", self.department_ids)?,
            regions: ids("regionIds", self.region_ids)?,
            teams: ids("teamIds", self.team_ids)?,
            members: ids("memberIds", self.member_ids)?,
            provinces: list("provinces", self.provinces)?
                .into_iter()
                .map(Into::into)
                .collect(),
            products: ids("productIds", self.product_ids)?,
            channels: words("channels", self.channels)?,
            kinds: words("kinds", self.kinds)?,
        })
    }
}

fn ids<E>(name: &str, given: Option<Vec<Id<E>>>) -> Result<Vec<uuid::Uuid>> {
    Ok(list(name, given)?.into_iter().map(|id| id.uuid).collect())
}

fn words(name: &str, given: Option<Vec<String>>) -> Result<Vec<String>> {
    let words = list(name, given)?;
    if words.iter().any(|word| word.len() > LONGEST_WORD) {
        return Err(ApiError::bad_input(
            &format!("filter.{name}"),
            format!("a word has at most {LONGEST_WORD} bytes"),
            format!("每项最多 {LONGEST_WORD} 字节"),
        )
        .into());
    }
    Ok(words)
}

fn list<T>(name: &str, given: Option<Vec<T>>) -> Result<Vec<T>> {
    match given {
        None => Ok(Vec::new()),
        Some(list) if (1..=MOST_ALTERNATIVES).contains(&list.len()) => Ok(list),
        Some(_) => Err(ApiError::bad_input(
            &format!("filter.{name}"),
            format!("a list has 1 to {MOST_ALTERNATIVES} entries; leave it out to look at all"),
            format!("列表须有 1 至 {MOST_ALTERNATIVES} 项；不筛选请省略"),
        )
        .into()),
    }
}
