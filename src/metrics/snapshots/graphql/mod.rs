//! Snapshots in the schema. Figures are asked from them by `metric`.

mod access;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::MetricSnapshotMutation;
pub use query::MetricSnapshotQuery;
pub use types::MetricSnapshot;
