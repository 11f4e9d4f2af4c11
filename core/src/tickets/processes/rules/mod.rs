//! Pure decisions about processes: what a good one looks like, how a ticket walks through it, and what a trial finds.

pub mod form;
pub mod required;
pub mod states;
pub mod steps;
pub mod trial;
#[cfg(test)]
mod trial_tests;
pub mod validity;
#[cfg(test)]
mod validity_tests;
pub mod walk;
