//! Saved views as clients see them.

mod access;
mod mutation;
mod query;
mod stored;
mod types;

pub use access::ACCESS;
pub use mutation::ViewMutation;
pub use query::ViewQuery;
pub use types::SavedView;
