//! Appraisals as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod figures;
mod inputs;
mod loaders;
mod mutation;
mod parts;
mod query;
mod results;
mod types;

pub use access::ACCESS;
pub use mutation::AppraisalMutation;
pub use query::AppraisalQuery;
pub use types::Appraisal;
