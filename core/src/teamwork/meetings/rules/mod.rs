//! What decides about meetings.

pub mod items;
pub mod recurrence;
