//! Trials of templates as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod query;
mod types;

pub use access::ACCESS;
pub use query::TrialQuery;
