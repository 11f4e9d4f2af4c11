//! Meetings as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod inputs;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use mutation::MeetingMutation;
pub use query::MeetingQuery;
pub use types::{ActionItem, Meeting, MeetingSeries};
