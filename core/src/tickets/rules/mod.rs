//! Pure decisions about tickets: which moves are allowed, and what a new ticket or comment must look like.

pub mod input;
pub mod stages;
