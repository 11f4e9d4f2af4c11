//! Skills, certificates, shifts, leave and capacity in the schema.

mod access;
mod catalogue;
mod enums;
mod filters;
mod leaves;
mod loaders;
mod members;
mod mutation;
mod query;
mod records;

pub use access::ACCESS;
pub use catalogue::{Certificate, Skill, SkillHolder};
pub use enums::{LeaveKind, LeaveState};
pub use leaves::{Away, Leave};
pub use members::{
    at_work_fields, away_of, capacity_on, certificates_of, leaves_of, records_of, shift_on,
    shifts_of, skills_of,
};
pub use mutation::WorkforceMutation;
pub use query::WorkforceQuery;
pub use records::{MemberCapacity, MemberCertificate, MemberShift, MemberSkill, SkillLevel};
