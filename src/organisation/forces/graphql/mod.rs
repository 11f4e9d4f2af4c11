//! Task forces and allocations in the schema.

mod access;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::TaskForceMutation;
pub use query::TaskForceQuery;
pub use types::{MemberAllocation, TaskForce, force_of};
