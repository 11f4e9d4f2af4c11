//! What is done with suggestions.

mod handle;
mod submit;

pub use handle::{Handling, handle};
pub use submit::{SuggestionSubmit, suggestion_submit, support, withdraw};
