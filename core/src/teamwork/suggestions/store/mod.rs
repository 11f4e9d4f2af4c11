//! Suggestions, their steps and supporters.

mod adopted;
mod lists;
mod supports;
mod tasks;

pub use adopted::adopted_of;
pub use lists::{SuggestionFilter, SuggestionOrder, SuggestionsSteps};
pub use supports::{lock, set_support, supported_by};
pub use tasks::SuggestionTasks;
