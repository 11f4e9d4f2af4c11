//! Contests as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod inputs;
mod mutation;
mod query;
mod results;
mod types;

pub use access::ACCESS;
pub use mutation::ContestMutation;
pub use query::ContestQuery;
pub use types::Contest;
