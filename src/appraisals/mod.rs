//! All of [`aftercare_core::appraisals`], and how GraphQL shows it.

pub use aftercare_core::appraisals::*;

pub mod graphql;
