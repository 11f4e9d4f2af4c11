//! All of [`aftercare_core::appraisals::consequences`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::appraisals::consequences::*;
