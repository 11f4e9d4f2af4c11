//! What is done to clocks and policies: each in the transaction of whoever does it.

mod follow;
mod steps;

pub use follow::follow;
pub use steps::{start_step, stop_step};
