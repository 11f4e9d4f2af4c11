//! The organisation in the schema.

mod access;
mod enums;
mod filters;
mod loaders;
mod mutation;
mod people;
mod query;
mod structure;

pub use access::ACCESS;
pub use enums::{AssignmentKind, JobFamily, JobFamilyFilter, Province, ProvinceFilter};
pub(crate) use loaders::KnownMember;
pub use mutation::OrganisationMutation;
pub(in crate::organisation) use mutation::show;
pub use people::{Assignment, Member};
pub use query::OrganisationQuery;
pub use structure::{Department, Position, Region, Team};
