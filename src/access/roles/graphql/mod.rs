//! Roles, the viewer and the questions about access, as clients see them.

mod access;
mod check;
mod inputs;
mod loads;
mod mutation;
mod preview;
mod query;
mod types;
mod viewer;

#[cfg(test)]
mod tests;

pub use access::ACCESS;
pub use mutation::RoleMutation;
pub use query::RoleQuery;
pub use types::Role;
pub use viewer::Viewer;
