//! Definitions as clients write them.

use async_graphql::{Enum, InputObject, OneofObject};
use entity::metric;

use super::enums::{
    MetricAggregate, MetricAttribution, MetricDirection, MetricMissing, MetricUnit,
};
use crate::graphql::Id;
use crate::graphql::filters::StringFilter;
use crate::metrics::definitions::{actions, store};
use crate::metrics::rules::checking::{Draft, DraftBody};
use crate::metrics::rules::definition::Base;

/// Which facts are counted, and how. 事实口径
#[derive(InputObject)]
pub struct MetricFactsInput {
    /// The key of the source; `metricSources` lists them. 事实来源
    source: String,
    /// To whom facts are attributed. 归属方式
    attribution: MetricAttribution,
    /// What is made of them. 汇总方式
    aggregate: MetricAggregate,
    /// Which measure of the source is looked at; absent for `COUNT`. 度量
    measure: Option<String>,
    /// For a rate over a measure that isn't yes or no: from which value on a fact counts as yes. 达标值
    at_least: Option<i64>,
    /// Only records of these kinds, such as `complaint`; of all when empty. 类型
    #[graphql(default)]
    kinds: Vec<String>,
    /// Only records that came in these ways; in all when empty. 渠道
    #[graphql(default)]
    channels: Vec<String>,
    /// What a fact without the measure means. 缺失值处理
    #[graphql(default_with = "MetricMissing::Skip")]
    missing: MetricMissing,
}

/// What a metric is computed from. 计算来源
#[derive(OneofObject)]
pub enum MetricBodyInput {
    /// From facts. 由事实计算
    Facts(MetricFactsInput),
    /// From other metrics in use, in CEL: numbers, keys of metrics, `+ - * /`, brackets, `double int min max`, and
    /// `condition ? one : other` with comparisons joined by `&& || !`. At most 1,000 characters. 由其他指标的表达式计算
    Expression(String),
}

/// How a metric is computed. 计算方式
#[derive(InputObject)]
pub struct MetricDefinitionInput {
    /// What the figure is. 单位
    unit: MetricUnit,
    /// Whether more is better. 方向
    direction: MetricDirection,
    /// What it is computed from. 计算来源
    body: MetricBodyInput,
}

impl From<MetricDefinitionInput> for Draft {
    fn from(input: MetricDefinitionInput) -> Self {
        Self {
            unit: input.unit.into(),
            direction: input.direction.into(),
            body: match input.body {
                MetricBodyInput::Expression(text) => DraftBody::Expression(text),
                MetricBodyInput::Facts(facts) => DraftBody::Facts(Base {
                    source: facts.source,
                    attribution: facts.attribution.into(),
                    aggregate: facts.aggregate.into(),
                    measure: facts.measure,
                    at_least: facts.at_least,
                    kinds: facts.kinds,
                    channels: facts.channels,
                    missing: facts.missing.into(),
                }),
            },
        }
    }
}

/// What a version of a metric says. 指标内容
#[derive(InputObject)]
pub struct MetricContentInput {
    /// Name in English. 英文名称
    name: String,
    /// Name in Chinese. 中文名称
    name_zh: String,
    /// What is counted, on which day, for whom, and what becomes of missing values; in English. 英文含义
    meaning: String,
    /// The same in Chinese. 中文含义
    meaning_zh: String,
    /// How it is computed. 计算方式
    definition: MetricDefinitionInput,
}

impl From<MetricContentInput> for actions::MetricContent {
    fn from(input: MetricContentInput) -> Self {
        Self {
            name: input.name,
            name_zh: input.name_zh,
            meaning: input.meaning,
            meaning_zh: input.meaning_zh,
            draft: input.definition.into(),
        }
    }
}

/// A new metric. 新建指标
#[derive(InputObject)]
pub struct MetricDefineInput {
    /// Its name for queries and expressions: 3 to 41 small letters, digits and underscores. It never changes. 键
    pub key: String,
    /// What its first version says. 指标内容
    pub content: MetricContentInput,
    /// Repeating the mutation with the same key within 24 hours gives the same metric. 幂等键
    pub idempotency_key: Option<String>,
}

/// A new version of a metric. 修订指标
#[derive(InputObject)]
pub struct MetricReviseInput {
    /// The metric. 指标
    pub id: Id<metric::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
    /// What it says from now on, about all days. 指标内容
    pub content: MetricContentInput,
    /// Why. 修订说明
    pub note: String,
    /// Repeating the mutation with the same key within 24 hours makes no second version. 幂等键
    pub idempotency_key: Option<String>,
}

/// Which metric is taken out of use. 停用指标
#[derive(InputObject)]
pub struct MetricRetireInput {
    /// The metric. 指标
    pub id: Id<metric::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
}

/// Which metric is taken back into use. 恢复指标
#[derive(InputObject)]
pub struct MetricRestoreInput {
    /// The metric. 指标
    pub id: Id<metric::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
}

/// A definition to try. 校验指标定义
#[derive(InputObject)]
pub struct MetricCheckInput {
    /// The key under which it would be saved, so that circles are seen; absent for a new metric. 键
    pub key: Option<String>,
    /// How it would be computed. 计算方式
    pub definition: MetricDefinitionInput,
}

/// Which metrics to list. Everything given must hold. 指标筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct MetricFilter {
    /// Its name for queries and expressions. 键
    key: Option<StringFilter>,
    /// In use (true) or retired (false). 是否在用
    active: Option<bool>,
    /// Whether it came with the product. 是否内置
    shipped: Option<bool>,
}

impl From<MetricFilter> for store::MetricFilter {
    fn from(filter: MetricFilter) -> Self {
        Self {
            key: filter.key.map(Into::into),
            active: filter.active,
            shipped: filter.shipped,
        }
    }
}

/// In which order metrics are listed. 指标排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum MetricOrder {
    /// By key, from the beginning of the alphabet. 键升序
    #[default]
    KeyAsc,
    /// By key, from the end of the alphabet. 键降序
    KeyDesc,
}

impl From<MetricOrder> for store::MetricOrder {
    fn from(order: MetricOrder) -> Self {
        Self::Key {
            descending: order == MetricOrder::KeyDesc,
        }
    }
}
