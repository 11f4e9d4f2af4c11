//! Comparators of filters as clients write them.

use async_graphql::InputObject;

use super::ids::key_of;
use super::{DateTime, Node};
use crate::db::filter::{Matches, RangeMatches, TextMatches, TimeMatches};

/// Compares a text. All given comparisons must hold. 文本条件
#[derive(Clone, Debug, InputObject)]
pub struct StringFilter {
    /// Equal to this. 等于
    pub eq: Option<String>,
    /// One of these, at most 200. 属于
    pub r#in: Option<Vec<String>>,
    /// Contains this, upper and lower case alike. 包含
    #[graphql(validator(max_length = 200))]
    pub contains: Option<String>,
    /// Missing (true) or there (false). 为空
    pub is_null: Option<bool>,
}

impl From<StringFilter> for TextMatches {
    fn from(filter: StringFilter) -> Self {
        Self {
            plain: Matches {
                eq: filter.eq,
                one_of: filter.r#in,
                is_null: filter.is_null,
            },
            contains: filter.contains,
        }
    }
}

/// Compares a moment. All given comparisons must hold. 时间条件
#[derive(Clone, Debug, InputObject)]
pub struct DateTimeFilter {
    /// Equal to this. 等于
    pub eq: Option<DateTime>,
    /// At this moment or later. 不早于
    pub gte: Option<DateTime>,
    /// Before this moment. 早于
    pub lt: Option<DateTime>,
    /// Missing (true) or there (false). 为空
    pub is_null: Option<bool>,
}

impl From<DateTimeFilter> for TimeMatches {
    fn from(filter: DateTimeFilter) -> Self {
        RangeMatches {
            plain: Matches {
                eq: filter.eq.map(|at| at.0),
                one_of: None,
                is_null: filter.is_null,
            },
            gte: filter.gte.map(|at| at.0),
            lt: filter.lt.map(|at| at.0),
        }
    }
}

/// Compares a whole number. All given comparisons must hold. 数值条件
#[derive(Clone, Debug, InputObject)]
pub struct IntFilter {
    /// Equal to this. 等于
    pub eq: Option<i64>,
    /// One of these, at most 200. 属于
    pub r#in: Option<Vec<i64>>,
    /// This or larger. 不小于
    pub gte: Option<i64>,
    /// Smaller than this. 小于
    pub lt: Option<i64>,
}

impl From<IntFilter> for RangeMatches<i64> {
    fn from(filter: IntFilter) -> Self {
        Self {
            plain: Matches {
                eq: filter.eq,
                one_of: filter.r#in,
                is_null: None,
            },
            gte: filter.gte,
            lt: filter.lt,
        }
    }
}

/// Compares a reference to another object, by any kind of id that the field takes. 引用条件
#[derive(Clone, Debug, InputObject)]
pub struct IdFilter {
    /// This object. 等于
    pub eq: Option<async_graphql::ID>,
    /// One of these, at most 200. 属于
    pub r#in: Option<Vec<async_graphql::ID>>,
    /// Missing (true) or there (false). 为空
    pub is_null: Option<bool>,
}

impl IdFilter {
    /// The comparison with keys of `E`.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field when an id is of another type.
    pub fn of<E: Node>(self, field: &str) -> crate::error::Result<Matches<uuid::Uuid>> {
        let key = |id: async_graphql::ID| {
            key_of::<E>(&id)
                .map_err(|wrong| crate::error::ApiError::bad_input(field, wrong.en, wrong.zh))
        };
        Ok(Matches {
            eq: self.eq.map(key).transpose()?,
            one_of: self
                .r#in
                .map(|ids| ids.into_iter().map(key).collect::<Result<Vec<_>, _>>())
                .transpose()?,
            is_null: self.is_null,
        })
    }
}

/// Declares the filter of an enum: `enum_filter!(TicketStageFilter, TicketStage, entity::enums::TicketStage, "...")`.
#[macro_export]
macro_rules! enum_filter {
    ($name:ident, $view:ty, $plain:ty, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug, async_graphql::InputObject)]
        pub struct $name {
            /// Equal to this. 等于
            pub eq: Option<$view>,
            /// One of these. 属于
            pub r#in: Option<Vec<$view>>,
        }

        impl From<$name> for $crate::db::filter::Matches<$plain> {
            fn from(filter: $name) -> Self {
                Self {
                    eq: filter.eq.map(Into::into),
                    one_of: filter
                        .r#in
                        .map(|values| values.into_iter().map(Into::into).collect()),
                    is_null: None,
                }
            }
        }
    };
}
