//! What a template may say, and what becomes of it.

mod catalogue;
mod check;
mod fill;
pub mod words;

pub use catalogue::{CATALOGUE, Variable, variable};
pub use check::{Flaw, check};
pub use fill::{Filled, fill};
