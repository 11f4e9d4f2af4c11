//! Surveys of the staff in the schema.

mod access;
mod loaders;
mod mutation;
mod query;
mod results;
mod types;

pub use access::ACCESS;
pub use mutation::StaffSurveyMutation;
pub use query::StaffSurveyQuery;
pub use types::StaffSurvey;
