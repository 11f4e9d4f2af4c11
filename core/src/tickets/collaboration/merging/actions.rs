//! Merging two tickets, and splitting one.

mod merge;
mod split;

pub use merge::{Merge, merge};
pub use split::{Split, split};
