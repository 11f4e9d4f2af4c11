//! What follows from results, as clients see it. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod groups;
mod inputs;
mod mutation;
mod needs;
mod proposals;
mod query;
mod stars;

pub use access::ACCESS;
pub use mutation::ConsequenceMutation;
pub use query::ConsequenceQuery;
