//! What is decided about contests, over plain data.

pub mod life;
pub mod prizes;
pub mod ranking;
pub mod scoring;
