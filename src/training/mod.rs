//! All of [`aftercare_core::training`], and how GraphQL shows it.

pub mod contests;
pub mod exams;
pub mod graphql;
pub mod mentoring;
pub mod needs;
pub mod talent;

pub use aftercare_core::training::*;
