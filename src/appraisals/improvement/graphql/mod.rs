//! Plans for improvement in the schema.

mod access;
mod inputs;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::ImprovementMutation;
pub use query::ImprovementQuery;
