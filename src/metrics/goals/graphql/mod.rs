//! Goals as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod filters;
mod inputs;
mod loaders;
mod mutation;
mod progress;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::GoalMutation;
pub use query::GoalQuery;
pub use types::Goal;
