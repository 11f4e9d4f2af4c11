//! Suggestions, their steps and supporters.

mod lists;
mod supports;
mod tasks;

pub use lists::{SuggestionFilter, SuggestionOrder, SuggestionsSteps};
pub use supports::{lock, set_support, supported_by};
pub use tasks::SuggestionTasks;
