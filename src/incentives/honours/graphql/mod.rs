//! Honours and recognitions as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod inputs;
mod loaders;
mod mutation;
mod patterns;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::HonourMutation;
pub use query::HonourQuery;
pub use types::{Honour, Recognition};
