//! All of [`aftercare_core::incentives::runs`], and how GraphQL shows it.

pub use aftercare_core::incentives::runs::*;

pub mod graphql;
