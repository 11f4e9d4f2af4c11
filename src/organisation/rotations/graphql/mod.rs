//! Rotations in the schema.

mod access;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::RotationMutation;
pub use query::RotationQuery;
pub use types::{Rotation, rotations_of};
