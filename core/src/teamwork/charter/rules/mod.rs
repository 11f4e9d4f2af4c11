//! What decides about proposals and rules.

pub mod life;
pub mod vote;
