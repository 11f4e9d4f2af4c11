//! Answers to results as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::AppealMutation;
pub use query::AppealQuery;
pub use types::AppraisalAppeal;
