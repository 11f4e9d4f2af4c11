//! Competencies, profiles, assessments and gaps in the schema.

mod access;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::CompetencyMutation;
pub use query::CompetencyQuery;
pub use types::{
    Competency, CompetencyAssessment, CompetencyGap, CompetencyProfile, assessments_of,
    competencies_of, gap_of, profile_of, profiles_of,
};
