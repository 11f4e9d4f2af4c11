//! Mentoring as clients see it. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod standard;
mod types;

pub use access::ACCESS;
pub use mutation::MentoringMutation;
pub use query::MentoringQuery;
pub use types::Mentoring;
