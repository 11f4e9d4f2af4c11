//! Definitions of metrics in the schema.

mod access;
mod enums;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use enums::{MetricAggregate, MetricAttribution, MetricDirection, MetricMissing, MetricUnit};
pub use loaders::{MetricByKey, NameOfMetric};
pub use mutation::MetricDefinitionMutation;
pub use query::MetricDefinitionQuery;
pub use types::{Metric, MetricSource, MetricVersion};
