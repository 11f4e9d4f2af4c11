//! Suggestions as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::SuggestionMutation;
pub use query::{SuggestionQuery, SuggestionSubscription};
pub use types::Suggestion;
