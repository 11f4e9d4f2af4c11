//! The structure over time in the schema.

mod access;
mod mutation;
mod types;

pub use access::ACCESS;
pub use mutation::StructureMutation;
pub use types::{DatedName, TeamPlace, named};
