//! Filters and orderings of the customers' lists as clients write them.

use async_graphql::{Enum, InputObject};
use entity::{customer, member, partner, product};

use super::enums::{CustomerKindFilter, CustomerTierFilter, PartnerKindFilter};
use crate::customers as plain;
use crate::db::filter::{Matches, RangeMatches};
use crate::error::{ApiError, Result};
use crate::graphql::filters::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::{Date, Node};
use crate::organisation::graphql::ProvinceFilter;

/// How deep `and`, `or` and `not` may stand in each other.
const DEPTH: usize = 5;

/// Which customers. All given parts must hold. 客户筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct CustomerFilter {
    /// The name. 名称
    pub name: Option<StringFilter>,
    /// The number, such as `C000001`. 客户编号
    pub number: Option<StringFilter>,
    /// Company or person. 客户类型
    pub kind: Option<CustomerKindFilter>,
    /// The tier. 客户等级
    pub tier: Option<CustomerTierFilter>,
    /// Where it is. 省份
    pub province: Option<ProvinceFilter>,
    /// The partner it was won through. 合作伙伴
    pub partner_id: Option<IdFilter>,
    /// The member who looks after it. 负责人
    pub owner_id: Option<IdFilter>,
    /// When it was added. 创建时间
    pub created_at: Option<DateTimeFilter>,
    /// Has a contact with exactly this telephone number; only among contacts that the viewer may read, and logged. 联系人电话
    #[graphql(validator(max_length = 40))]
    pub contact_phone: Option<String>,
    /// Has a contact with exactly this e-mail address; only among contacts that the viewer may read, and logged. 联系人邮箱
    #[graphql(validator(max_length = 254))]
    pub contact_email: Option<String>,
    /// All of these hold too. 且
    pub and: Option<Vec<CustomerFilter>>,
    /// At least one of these holds; an empty list matches no customer. 或（空列表不匹配任何客户）
    pub or: Option<Vec<CustomerFilter>>,
    /// This doesn't hold. 非
    pub not: Option<Box<CustomerFilter>>,
}

impl CustomerFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type or the filter is nested too deep.
    pub fn plain(self) -> Result<plain::CustomerFilter> {
        self.plain_within(DEPTH)
    }

    fn plain_within(self, depth: usize) -> Result<plain::CustomerFilter> {
        let Some(below) = depth.checked_sub(1) else {
            let most = DEPTH;
            return Err(ApiError::bad_input(
                "filter",
                format!("and, or and not may stand in each other at most {most} deep"),
                format!("and、or、not 最多嵌套 {most} 层"),
            )
            .into());
        };
        let each = |parts: Vec<CustomerFilter>| {
            parts
                .into_iter()
                .map(|part| part.plain_within(below))
                .collect::<Result<Vec<_>>>()
        };
        Ok(plain::CustomerFilter {
            plain: plain::CustomerPlain {
                name: self.name.map(Into::into),
                number: self.number.map(Into::into),
                kind: self.kind.map(Into::into),
                tier: self.tier.map(Into::into),
                province: self.province.map(Into::into),
                partner_id: keys::<partner::Entity>(self.partner_id, "filter.partnerId")?,
                owner_id: keys::<member::Entity>(self.owner_id, "filter.ownerId")?,
                created_at: self.created_at.map(Into::into),
                contact_phone: self.contact_phone,
                contact_email: self.contact_email,
            },
            and: each(self.and.unwrap_or_default())?,
            or: self.or.map(each).transpose()?,
            not: self
                .not
                .map(|part| part.plain_within(below).map(Box::new))
                .transpose()?,
        })
    }
}

fn keys<E: Node>(ids: Option<IdFilter>, field: &str) -> Result<Option<Matches<uuid::Uuid>>> {
    ids.map(|ids| ids.of::<E>(field)).transpose()
}

/// How customers are sorted. 客户排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::CustomerOrder")]
pub enum CustomerOrder {
    /// By name. 按名称升序
    NameAsc,
    /// By name, backwards. 按名称降序
    NameDesc,
    /// By number. 按编号升序
    NumberAsc,
    /// By number, backwards. 按编号降序
    NumberDesc,
    /// The oldest first. 最早创建在前
    CreatedAtAsc,
    /// The newest first. 最新创建在前
    #[default]
    CreatedAtDesc,
}

/// Which partners. All given comparisons must hold. 合作伙伴筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct PartnerFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
    /// Those that are partners on this day. 当日有效
    pub holds_on: Option<Date>,
    /// What it does with us. 合作伙伴类型
    pub kind: Option<PartnerKindFilter>,
    /// Where it is. 省份
    pub province: Option<ProvinceFilter>,
}

impl From<PartnerFilter> for plain::PartnerFilter {
    fn from(filter: PartnerFilter) -> Self {
        Self {
            plain: plain::CatalogueFilter {
                code: filter.code.map(Into::into),
                name: filter.name.map(Into::into),
                holds_on: filter.holds_on.map(|day| day.0),
            },
            kind: filter.kind.map(Into::into),
            province: filter.province.map(Into::into),
        }
    }
}

/// How partners are sorted. 合作伙伴排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::PartnerOrder")]
pub enum PartnerOrder {
    /// By code. 按编码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按编码降序
    CodeDesc,
    /// By name. 按名称升序
    NameAsc,
    /// By name, backwards. 按名称降序
    NameDesc,
}

/// Which products. All given comparisons must hold. 产品筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProductFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
    /// Those that are sold on this day. 当日在售
    pub holds_on: Option<Date>,
    /// The product line. 产品线
    pub line: Option<StringFilter>,
}

impl From<ProductFilter> for plain::ProductFilter {
    fn from(filter: ProductFilter) -> Self {
        Self {
            plain: plain::CatalogueFilter {
                code: filter.code.map(Into::into),
                name: filter.name.map(Into::into),
                holds_on: filter.holds_on.map(|day| day.0),
            },
            line: filter.line.map(Into::into),
        }
    }
}

/// How products are sorted. 产品排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::ProductOrder")]
pub enum ProductOrder {
    /// By code. 按编码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按编码降序
    CodeDesc,
    /// By name. 按名称升序
    NameAsc,
    /// By name, backwards. 按名称降序
    NameDesc,
}

/// Compares a day. All given comparisons must hold. 日期条件
#[derive(Clone, Debug, InputObject)]
pub struct DateFilter {
    /// This day. 等于
    pub eq: Option<Date>,
    /// This day or later. 不早于
    pub gte: Option<Date>,
    /// Before this day. 早于
    pub lt: Option<Date>,
    /// Missing (true) or there (false). 为空
    pub is_null: Option<bool>,
}

impl From<DateFilter> for RangeMatches<chrono::NaiveDate> {
    fn from(filter: DateFilter) -> Self {
        Self {
            plain: Matches {
                eq: filter.eq.map(|day| day.0),
                one_of: None,
                is_null: filter.is_null,
            },
            gte: filter.gte.map(|day| day.0),
            lt: filter.lt.map(|day| day.0),
        }
    }
}

/// Which units. All given comparisons must hold. 设备筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct UnitFilter {
    /// The serial number. 序列号
    pub serial: Option<StringFilter>,
    /// The product. 产品
    pub product_id: Option<IdFilter>,
    /// Who has it. 客户
    pub customer_id: Option<IdFilter>,
    /// The first day without warranty. 保修截止日期
    pub warranty_until: Option<DateFilter>,
}

impl UnitFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::UnitFilter> {
        Ok(plain::UnitFilter {
            serial: self.serial.map(Into::into),
            product_id: keys::<product::Entity>(self.product_id, "filter.productId")?,
            customer_id: keys::<customer::Entity>(self.customer_id, "filter.customerId")?,
            warranty_until: self.warranty_until.map(Into::into),
        })
    }
}

/// How units are sorted. 设备排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::UnitOrder")]
pub enum UnitOrder {
    /// By serial number. 按序列号升序
    #[default]
    SerialAsc,
    /// By serial number, backwards. 按序列号降序
    SerialDesc,
    /// The first sold first. 最早销售在前
    SoldOnAsc,
    /// The last sold first. 最近销售在前
    SoldOnDesc,
    /// The warranty that ends first; those without at the end. 保修最早到期在前
    WarrantyUntilAsc,
    /// Those without warranty, then the warranty that ends last. 保修最晚到期在前
    WarrantyUntilDesc,
}
