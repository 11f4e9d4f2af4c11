//! Planned reorganisations in the schema.

mod access;
mod enums;
mod inputs;
mod mutation;
mod preview;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::ReorganisationMutation;
pub use query::ReorganisationQuery;
pub use types::Reorganisation;
