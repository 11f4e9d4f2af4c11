//! Surveys as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod filters;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::SurveyMutation;
pub use query::SurveyQuery;
pub use types::{Survey, of_ticket};
