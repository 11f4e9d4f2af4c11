//! Probations and tenure in the schema.

mod access;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::ProbationMutation;
pub use query::ProbationQuery;
pub use types::{MemberTenure, Probation, probations_of, tenure_on};
