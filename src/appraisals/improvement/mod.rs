//! All of [`aftercare_core::appraisals::improvement`], and how GraphQL shows it.

pub use aftercare_core::appraisals::improvement::*;

pub mod graphql;
