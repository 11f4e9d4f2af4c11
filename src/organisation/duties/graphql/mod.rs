//! Positions over time, and whose duty a thing is, in the schema.

mod access;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::DutyMutation;
pub use query::DutyQuery;
pub use types::PositionVersion;
