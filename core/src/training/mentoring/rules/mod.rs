//! What is decided about pairs, over plain data.

pub mod results;
pub mod standard;
#[cfg(test)]
mod standard_tests;
pub mod stays;
