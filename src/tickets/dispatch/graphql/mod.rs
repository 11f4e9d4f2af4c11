//! Dispatch as clients see it. [`ACCESS`] says who may have which field.

mod access;
mod candidates;
mod enums;
mod inputs;
mod mutation;
mod query;
mod reports;
mod requirements;
mod simulation;
mod types;

pub use access::ACCESS;
pub use mutation::DispatchMutation;
pub use query::DispatchQuery;
pub use types::{DispatchDecision, decisions_of};
