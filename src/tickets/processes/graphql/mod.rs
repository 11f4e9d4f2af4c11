//! Processes as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod ticket;
mod trial;
mod types;

pub use access::ACCESS;
pub use mutation::ProcessMutation;
pub use query::ProcessQuery;
pub use ticket::TicketProcess;
pub use types::{ProcessState, ProcessStep, ProcessTemplate, ProcessVersion};
