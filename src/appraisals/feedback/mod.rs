//! All of [`aftercare_core::appraisals::feedback`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::appraisals::feedback::*;
