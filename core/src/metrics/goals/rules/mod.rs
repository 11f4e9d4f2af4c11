//! How a goal stands and how it will end: pure decisions over daily figures.

pub mod course;
pub mod life;
pub mod outlook;
mod stats;
#[cfg(test)]
mod tests;

pub use course::{Aim, Course, Days, Forecast, Needed, Verdict, course};
pub use outlook::WINDOW;
