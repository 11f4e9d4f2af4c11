//! The talent pipeline in the schema.

mod access;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::TalentMutation;
pub use query::TalentQuery;
pub use types::TalentProposal;
