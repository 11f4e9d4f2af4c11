//! Needs, proposals and effects as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod effect;
mod enums;
mod inputs;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::TrainingNeedMutation;
pub use query::TrainingNeedQuery;
pub use types::TrainingProposal;
