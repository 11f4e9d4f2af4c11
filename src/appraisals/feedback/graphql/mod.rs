//! Feedback from all sides as clients see it. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod request;
mod types;

pub use access::ACCESS;
pub use mutation::FeedbackMutation;
pub use query::FeedbackQuery;
