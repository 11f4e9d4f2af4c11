//! Filter, orderings and the input of freezing.

use async_graphql::{Enum, InputObject};

use crate::graphql::Date;
use crate::graphql::filters::StringFilter;
use crate::metrics::graphql::MetricPeriod;
use crate::metrics::snapshots::store;

/// Which snapshots to list. Everything given must hold. 快照筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct MetricSnapshotFilter {
    /// The name in English. 英文名称
    name: Option<StringFilter>,
    /// The name in Chinese. 中文名称
    name_zh: Option<StringFilter>,
    /// A day that it has. 包含的日期
    day: Option<Date>,
}

impl From<MetricSnapshotFilter> for store::SnapshotFilter {
    fn from(filter: MetricSnapshotFilter) -> Self {
        Self {
            name: filter.name.map(Into::into),
            name_zh: filter.name_zh.map(Into::into),
            day: filter.day.map(|day| day.0),
        }
    }
}

/// In which order snapshots are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum MetricSnapshotOrder {
    /// The last frozen first. 最近冻结
    #[default]
    FrozenAtDesc,
    /// The first frozen first. 最早冻结
    FrozenAtAsc,
    /// Those of the latest days first. 周期最近
    FromDesc,
    /// Those of the earliest days first. 周期最早
    FromAsc,
}

impl From<MetricSnapshotOrder> for store::SnapshotOrder {
    fn from(order: MetricSnapshotOrder) -> Self {
        use MetricSnapshotOrder::{FromAsc, FromDesc, FrozenAtAsc, FrozenAtDesc};
        match order {
            FrozenAtAsc | FrozenAtDesc => Self::FrozenAt {
                latest_first: order == FrozenAtDesc,
            },
            FromAsc | FromDesc => Self::From {
                latest_first: order == FromDesc,
            },
        }
    }
}

/// A period whose figures are frozen for good. 冻结周期
#[derive(InputObject)]
pub struct MetricSnapshotFreezeInput {
    /// Its name in English, 1 to 100 characters. 英文名称
    pub name: String,
    /// Its name in Chinese, 1 to 100 characters. 中文名称
    pub name_zh: String,
    /// Which days: at most 731, the first one not in the future. 周期
    pub period: MetricPeriod,
    /// Why, at most 2,000 characters. 说明
    pub note: Option<String>,
    /// So that a repeated request freezes nothing again; remembered for 24 hours. 幂等键
    pub idempotency_key: Option<String>,
}
