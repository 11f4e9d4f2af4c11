//! All of [`aftercare_core::incentives::definitions`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::incentives::definitions::*;
