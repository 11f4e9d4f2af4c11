//! Slogans and goals of teams in the schema.

mod access;
mod mutation;
mod types;

pub use access::ACCESS;
pub use mutation::PledgeMutation;
pub use types::{Pledge, pledge_on, pledges_of};
